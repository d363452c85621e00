import type { Format } from '../format.js';
import { writeJulia } from './julia.js';
import { writeOctave } from './octave.js';
import { writePython } from './python.js';

/** A function file for MATLAB and Octave. */
export const octave: Format = {
  name: 'octave',
  title: 'MATLAB/Octave',
  extensions: ['.m'],
  write: writeOctave,
};

/** A program for Python with SciPy. */
export const python: Format = {
  name: 'python',
  title: 'Python (SciPy)',
  extensions: ['.py'],
  write: writePython,
};

/** A program for Julia with Catalyst.jl. */
export const catalyst: Format = {
  name: 'catalyst',
  title: 'Catalyst.jl',
  extensions: ['.jl'],
  write: writeJulia,
};
