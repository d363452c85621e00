import type { RaceProgress, RaceRequest } from '../simulate/protocol';

export async function race(
  _request: RaceRequest,
  _signal: AbortSignal,
  _onProgress: (progress: RaceProgress) => void,
): Promise<RaceProgress> {
  throw new Error('to be built');
}
