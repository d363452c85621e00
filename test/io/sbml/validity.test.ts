import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { writeSbml } from '../../../src/io/sbml/index.js';
import { anyNetwork } from '../../network/arbitraries.js';

/** Debian's own Python, for which it packages libSBML as `python3-sbml5`. */
const python = '/usr/bin/python3';
const available = spawnSync(python, ['-c', 'import libsbml']).status === 0;

const check = `
import sys, libsbml
for path in sys.argv[1:]:
    document = libsbml.readSBML(path)
    document.setConsistencyChecks(libsbml.LIBSBML_CAT_MODELING_PRACTICE, False)
    document.checkConsistency()
    for i in range(document.getNumErrors()):
        error = document.getError(i)
        if error.getSeverity() >= libsbml.LIBSBML_SEV_ERROR:
            print(path, error.getLine(), error.getMessage())
`;

// libSBML is no part of the project; where it is not installed, test/io/sbml/roundtrip.test.ts has an interpreter.
it.skipIf(!available)('libSBML finds no fault in what is written', () => {
  const folder = mkdtempSync(join(tmpdir(), 'neural-crn-sbml-'));
  try {
    const texts: string[] = [];
    for (const network of fc.sample(anyNetwork, { seed: 1, numRuns: 400 })) {
      try {
        const text = writeSbml(network);
        // libSBML takes no number below the smallest with all digits.
        if (!/e-3(0[89]|[12]\d)"|<sep\/>-3(0[89]|[12]\d)/.test(text)) texts.push(text);
      } catch (error) {
        // Some names have characters that XML does not allow.
        expect((error as Error).name).toBe('ExportError');
      }
    }
    expect(texts.length).toBeGreaterThan(20);
    const paths = texts.map((text, i) => {
      const path = join(folder, `${i}.xml`);
      writeFileSync(path, text);
      return path;
    });
    expect(execFileSync(python, ['-c', check, ...paths], { encoding: 'utf8' })).toBe('');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
