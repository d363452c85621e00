import { PixelImage } from './pixel-image';
import { description, recent } from './store';
import { PIXELS } from './subset';

/** Most that the strip has room for. */
const MOST = 12;

/** Examples learned last, with what the pot had said before it learned them. */
export function RecentStrip() {
  const images = description.value?.train;
  const last = recent.value;
  return (
    <section class="recent" aria-label="Examples learned last, with what the pot had said">
      {Array.from({ length: MOST }, (_, k) => {
        const one = last[k];
        const pixels = one && images?.pixels.subarray(one.sample * PIXELS, (one.sample + 1) * PIXELS);
        const right = one?.prediction === one?.target;
        return (
          <figure key={k} class={one === undefined ? 'none' : right ? 'right' : 'wrong'}>
            <PixelImage values={pixels ?? []} side={8} />
            <figcaption class="small number">
              {one === undefined ? '–' : right ? one.target : `${one.prediction} ✗`}
              {one === undefined || right ? null : <span class="visually-hidden"> and not {one.target}</span>}
            </figcaption>
          </figure>
        );
      })}
    </section>
  );
}
