import { duration } from '../simulate/duration';
import type { ContestantName, Standing } from '../simulate/protocol';
import { contestants } from './contestants';

const count = new Intl.NumberFormat('en');
const factor = (ratio: number) => `${ratio < 9.95 ? ratio.toFixed(1) : Math.round(ratio)} ×`;

const states: Record<Standing['state'], string> = {
  waiting: 'waits',
  warming: 'warms up',
  racing: 'races',
  done: 'done',
  failed: 'did not finish',
};

/** How the contestants stand: a bar each, and the numbers behind it. */
export function Standings({
  names,
  standings,
  about,
}: {
  names: readonly ContestantName[];
  standings: readonly Standing[];
  about: string;
}) {
  const medians = standings.flatMap(({ median }) => median ?? []);
  const best = Math.min(...medians);
  const worst = Math.max(...medians);
  return (
    <>
      <ol class="bars" aria-label={`Median time of a solve: ${about}`}>
        {names.map((name) => {
          const { title, about: what } = contestants.find((one) => one.name === name)!;
          const standing = standings.find((one) => one.name === name);
          const { median, state = 'waiting', message } = standing ?? {};
          return (
            <li key={name} class={state}>
              <div class="who">
                <strong>{title}</strong>
                <span class="small muted">{what}</span>
              </div>
              <div class="track" aria-hidden="true">
                <div
                  class={median === best ? 'bar best' : 'bar'}
                  style={{
                    transform: `scaleX(${median === undefined ? 0 : Math.max(0.004, median / worst)})`,
                  }}
                />
              </div>
              <div class="result number">
                {median === undefined ? (
                  <span class="muted small">{standing ? states[state] : ''}</span>
                ) : (
                  <>
                    <strong>{duration(median)}</strong>
                    <span class="muted small">{median === best ? 'fastest' : factor(median / best)}</span>
                  </>
                )}
              </div>
              {message === undefined ? null : <p class="why small">{message}</p>}
            </li>
          );
        })}
      </ol>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be within reach of keys */}
      <section class="scroll" tabIndex={0} aria-label="Numbers of the race">
        <table class="number">
          <thead>
            <tr>
              <th scope="col">Contestant</th>
              <th scope="col">Digits</th>
              <th scope="col">Steps</th>
              <th scope="col">Rejected</th>
              <th scope="col">First solve</th>
              <th scope="col">Warm-up</th>
              <th scope="col">Median</th>
              <th scope="col">Middle half</th>
              <th scope="col">Solves</th>
            </tr>
          </thead>
          <tbody>
            {names.map((name) => {
              const { title } = contestants.find((one) => one.name === name)!;
              const standing = standings.find((one) => one.name === name);
              const {
                digits,
                steps,
                rejected,
                first,
                warmUp,
                median,
                quartiles,
                solves = 0,
              } = standing ?? {};
              return (
                <tr key={name}>
                  <th scope="row">{title}</th>
                  <td>{digits === undefined ? '–' : digits.toFixed(1)}</td>
                  <td>{steps === undefined ? '–' : count.format(steps)}</td>
                  <td>{rejected === undefined ? '–' : count.format(rejected)}</td>
                  <td>{first === undefined ? '–' : duration(first)}</td>
                  <td>
                    {warmUp === undefined || warmUp.solves === 0
                      ? '–'
                      : `${count.format(warmUp.solves)} in ${duration(warmUp.milliseconds)}`}
                  </td>
                  <td>{median === undefined ? '–' : duration(median)}</td>
                  <td>
                    {quartiles === undefined ? '–' : `${duration(quartiles[0])} – ${duration(quartiles[1])}`}
                  </td>
                  <td>{solves === 0 ? '–' : count.format(solves)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
      <details class="more">
        <summary>How it is measured</summary>
        <div class="notes">
          <p>
            Everything runs in one worker of this page, one solve after the other. The first solve has
            compiling in it. Then each contestant solves for a quarter of its time without being measured,
            while the browser compiles what runs often: warm-up. Then they take turns, in a changing order;
            each turn is as many solves as fill 4 ms, since clocks of pages are coarse, and the median is over
            turns.
          </p>
          <p>
            Only the end state is kept. Digits are those that agree with a solve at 10⁻⁴ times the tolerance,
            of the worst species; what is below a species’ absolute tolerance is not counted. The first three
            do the same arithmetic in the same order: their steps and digits are the same, to the last bit.
            The fourth is another method with the same tolerances, and its digits are its own: compare times
            at like digits.
          </p>
        </div>
      </details>
    </>
  );
}
