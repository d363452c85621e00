// What WebAssembly exports beside the ABI of index.ts; the JavaScript engine has no lanes and runs one at a time.
export { advanceLanes, joinLane, leaveLane } from './advance';
