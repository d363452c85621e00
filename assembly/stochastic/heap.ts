/** A heap of four children to a node: the channel that fires first is at its root, and every channel knows its node. */
import { getF, getI, setF, setI } from '../memory';
import { H_BYTES, H_CHANNEL, H_TIME, HEAP_ROOT } from './layout';

/** When the first channel fires; infinite where none does. */
export function firstTime(heap: i32): f64 {
  return getF(heap + HEAP_ROOT * H_BYTES, H_TIME);
}

export function firstChannel(heap: i32): i32 {
  return getI(heap + HEAP_ROOT * H_BYTES, H_CHANNEL);
}

export function timeAt(heap: i32, node: i32): f64 {
  return getF(heap + node * H_BYTES, H_TIME);
}

function put(heap: i32, nodes: i32, node: i32, time: f64, channel: i32): void {
  const one = heap + node * H_BYTES;
  setF(one, H_TIME, time);
  setI(one, H_CHANNEL, channel);
  setI(nodes, channel, node);
}

/** Puts a channel into a node, or nearer to the root. @param nodes node of each channel */
export function rise(heap: i32, nodes: i32, node: i32, time: f64, channel: i32): void {
  let at = node;
  while (at > HEAP_ROOT) {
    const above = (at >> 2) + 2;
    const other = timeAt(heap, above);
    if (!(time < other)) break;
    put(heap, nodes, at, other, getI(heap + above * H_BYTES, H_CHANNEL));
    at = above;
  }
  put(heap, nodes, at, time, channel);
}

/** Puts a channel into a node, or further from the root, in a heap of so many. */
export function sink(heap: i32, nodes: i32, count: i32, node: i32, time: f64, channel: i32): void {
  const end = HEAP_ROOT + count;
  let at = node;
  while (true) {
    let below = (at - 2) << 2;
    if (below >= end) break;
    // Behind the last channel stand nodes that never come.
    let least = timeAt(heap, below);
    const b = timeAt(heap, below + 1);
    const c = timeAt(heap, below + 2);
    const d = timeAt(heap, below + 3);
    const first = below;
    if (b < least) {
      least = b;
      below = first + 1;
    }
    if (c < least) {
      least = c;
      below = first + 2;
    }
    if (d < least) {
      least = d;
      below = first + 3;
    }
    if (!(least < time)) break;
    put(heap, nodes, at, least, getI(heap + below * H_BYTES, H_CHANNEL));
    at = below;
  }
  put(heap, nodes, at, time, channel);
}

/** Puts the nodes of so many channels, filled in any order, into their places. */
export function heapify(heap: i32, nodes: i32, count: i32): void {
  const end = HEAP_ROOT + count;
  for (let node: i32 = end; node < end + 3; node++) setF(heap + node * H_BYTES, H_TIME, Infinity);
  for (let node = end - 1; node >= HEAP_ROOT; node--) {
    sink(heap, nodes, count, node, timeAt(heap, node), getI(heap + node * H_BYTES, H_CHANNEL));
  }
}
