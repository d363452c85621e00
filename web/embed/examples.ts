import '../design/tokens.css';
import '../design/base.css';
import './examples.css';
import { defineElements } from './define';
import type { RunDetail } from './simulator-element';

defineElements();

// An event of an element.
const heard = document.getElementById('heard') as HTMLElement;
document.getElementById('prey')?.addEventListener('crn-run', (event) => {
  const { species, steps } = (event as CustomEvent<RunDetail>).detail;
  heard.textContent = `Event crn-run: ${species.join(', ')}, ${steps} steps.`;
});

// An element made by a program, in a shadow root.
const root = (document.getElementById('outer') as HTMLElement).attachShadow({ mode: 'open' });
const element = document.createElement('neural-crn-simulator');
element.setAttribute('source', 'param k = 1\ninit A = 1\nA ->{k} B\nB ->{0.5} C\nsimulate to 10\n');
element.setAttribute('controls', 'sliders lines');
element.setAttribute('height', '14rem');
root.append(element);
