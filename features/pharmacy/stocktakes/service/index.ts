export { countFoundLot, saveCounts, startStocktake } from './count';
export { approveStocktake, cancelStocktake, recountStocktake, submitStocktake } from './decide';
