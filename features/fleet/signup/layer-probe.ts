export { middleware } from '../../../app/layer-probe/b';
