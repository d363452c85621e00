/** @jsxImportSource react */
// A network with a slider as a component of React.
import { parseNetwork, type SimulateOptions, type Solution, simulate } from 'neural-crn';
import { renderSvg, timeCourseFigure } from 'neural-crn/plot';
import { useEffect, useMemo, useState } from 'react';

interface Simulated {
  solution?: Solution;
  /** What is wrong with the text, or how the run failed. */
  error?: string;
}

/** Simulates a text with some of its parameters changed; what is no longer wanted is cancelled. */
export function useSimulation(text: string, parameters: Readonly<Record<string, number>>): Simulated {
  const [simulated, setSimulated] = useState<Simulated>({});
  const { network, issues } = useMemo(() => parseNetwork(text), [text]);
  const key = JSON.stringify(parameters);
  useEffect(() => {
    if (network === null) return;
    const controller = new AbortController();
    const options: SimulateOptions = { parameters: JSON.parse(key), signal: controller.signal };
    simulate(network, options).then(
      (solution) => setSimulated({ solution }),
      (error: Error) => {
        if (!controller.signal.aborted) setSimulated({ error: error.message });
      },
    );
    return () => controller.abort();
  }, [network, key]);
  const first = issues.find(({ severity }) => severity === 'error');
  return first ? { error: `line ${first.line}: ${first.message}` } : simulated;
}

export function Simulation({ text, parameter, from }: { text: string; parameter: string; from: number }) {
  const [value, setValue] = useState(from);
  const { solution, error } = useSimulation(text, { [parameter]: value });
  const svg = useMemo(
    () =>
      solution &&
      renderSvg(
        timeCourseFigure({
          species: solution.species,
          times: solution.times,
          columns: solution.species.map((name) => solution.column(name)),
        }),
      ),
    [solution],
  );
  return (
    <figure>
      <label>
        {parameter} = {value}
        <input
          type="range"
          min={0}
          max={2 * from}
          step={from / 50}
          value={value}
          onChange={({ target }) => setValue(Number(target.value))}
        />
      </label>
      {error !== undefined && <p role="alert">{error}</p>}
      {svg === undefined ? <p>Running…</p> : <div dangerouslySetInnerHTML={{ __html: svg }} />}
      <figcaption>{solution && `${solution.stats.steps} steps`}</figcaption>
    </figure>
  );
}
