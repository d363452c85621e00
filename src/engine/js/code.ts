/** The twin of `assembly/code.ts`: generated kernels are WebAssembly functions, which this engine cannot call. */
function unreachable(): never {
  throw new Error('the JavaScript engine has no generated kernels');
}

export const callDerivative = unreachable;
export const callJacobian = unreachable;
export const callFactor = unreachable;
export const callSolve = unreachable;
