import mongoose from 'mongoose';
export default mongoose;
