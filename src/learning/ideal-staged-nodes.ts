import type { NeuralCrnSettings } from '../circuits/index.js';
import { integrate, type NodeRun } from './ideal-nodes.js';
import type { IdealPass, PassWeights } from './ideal-pass.js';

/** What a node is driven by. */
interface Drive {
  /** Σ θx. */
  u: number;
  /** Bias β, 0 where there is none. */
  beta: number;
  /** Σ |θx| + |h|: how fast the rails of Z grow where the drives run backwards and nothing annihilates. */
  spread: number;
  start: number;
}

/** Intervals (an even number) of Simpson's rule for the published frozen adjoint. */
const INTERVALS = 128;

/** Nodes that feel no other node: gᵢⱼ = aᵢ·Fᵢ·xⱼ, and vᵢ = aᵢ·Fᵢ for biases. */
export function nodePass(
  settings: NeuralCrnSettings,
): (weights: PassWeights, x: readonly number[]) => IdealPass {
  const { inputs: n, hidden: m, wiring, start } = settings;
  const h = settings.drift === false ? 0 : settings.drift;
  const law = lawOf(settings, h);
  const diagonal = wiring === 'diagonal';
  return ({ theta, B }, x) => {
    const nodes = Array.from({ length: m }, (_, i) => {
      const terms = diagonal ? [theta[i] * x[i]] : x.map((value, j) => theta[i * n + j] * value);
      return law({
        u: terms.reduce((sum, term) => sum + term, 0),
        beta: B[i] ?? 0,
        spread: terms.reduce((sum, term) => sum + Math.abs(term), Math.abs(h)),
        start: start === 'input' ? x[i] : start,
      });
    });
    return {
      z: nodes.map(({ z }) => z),
      back: (a) => ({
        theta: nodes.flatMap(({ F }, i) =>
          diagonal ? [a[i] * F * x[i]] : x.map((value) => a[i] * F * value),
        ),
        B: B.map((_, i) => a[i] * nodes[i].F),
      }),
    };
  };
}

/** z(T), and F as the backward stage makes it: ∫ s(z)·exp(∫ J) with s = ∂f/∂u and J the adjoint's Jacobian. */
function lawOf(settings: NeuralCrnSettings, h: number): (drive: Drive) => NodeRun {
  const { dynamics, adjoint, horizon, staged } = settings;
  const kappa = settings.kappa ?? 0;
  const relu = dynamics === 'relu';
  const published = staged?.backward === 'published';
  const back = staged?.times.backward ?? horizon;
  const flow = (z: number, { u, beta }: Drive): number => {
    if (relu) return h + z * (u + beta) - kappa * z * Math.abs(z);
    return u + h - kappa * (dynamics === 'cubic' ? z * z * z : z * Math.abs(z));
  };
  const jacobian = (z: number, { u, beta }: Drive): number => {
    if (relu) return published ? u - 4 * kappa * z : u + beta - 2 * kappa * Math.abs(z);
    if (dynamics === 'cubic') return -3 * kappa * z * z;
    return -2 * kappa * (published ? z : Math.abs(z));
  };
  const source = (z: number) => (relu ? z : 1);
  const exact = adjoint === 'exact';
  return (drive) => {
    const [z, F] = integrate(
      (_, z, F) => [flow(z, drive), exact ? source(z) + jacobian(z, drive) * F : 0],
      drive.start,
      horizon,
      1,
    );
    if (exact) return { z, F };
    if (adjoint === 'constant') return { z, F: source(z) * back };
    if (published) return { z, F: pulledApart(2 * kappa, Math.abs(z), drive.spread, back) };
    const J = jacobian(z, drive);
    return { z, F: source(z) * (J === 0 ? back : Math.expm1(J * back) / J) };
  };
}

/** ∫₀^τ exp(−k·(z·s + ½·spread·s²)) ds: the leak while both rails of Z grow. */
function pulledApart(k: number, z: number, spread: number, duration: number): number {
  const at = (s: number) => Math.exp(-k * (z * s + 0.5 * spread * s * s));
  const width = duration / INTERVALS;
  let sum = at(0) + at(duration);
  for (let i = 1; i < INTERVALS; i++) sum += (i % 2 === 0 ? 2 : 4) * at(i * width);
  return (sum * width) / 3;
}
