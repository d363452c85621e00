import { arch, cpus, loadavg, release, type } from 'node:os';
import { versions } from 'node:process';

/** Where the figures come from. */
export interface Machine {
  cpu: string;
  cores: number;
  node: string;
  system: string;
  /** Processes that were busy when the run began, on average over a minute: other than 0 makes figures doubtful. */
  load: number;
}

export function thisMachine(): Machine {
  const processors = cpus();
  return {
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    node: `${versions.node} (V8 ${versions.v8})`,
    system: `${type()} ${release()} ${arch()}`,
    load: Math.round(loadavg()[0] * 100) / 100,
  };
}

export const machineText = ({ cpu, cores, node, system, load }: Machine): string =>
  `${cpu}, ${cores} cores; Node ${node}; ${system}; load ${load} at the start`;
