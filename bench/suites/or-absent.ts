import { Absent } from '../absent.js';

/** What a measurement found, or why this build or machine cannot make it. */
export async function orAbsent<T>(measure: () => Promise<T>): Promise<T | string> {
  try {
    return await measure();
  } catch (error) {
    if (error instanceof Absent) return error.message;
    throw error;
  }
}
