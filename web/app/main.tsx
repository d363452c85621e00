import '../design/tokens.css';
import '../design/base.css';
import '../design/controls.css';
import './shell.css';
import { render } from 'preact';
import { keepOffline } from './offline';
import { Shell } from './shell';

render(<Shell />, document.getElementById('app') as HTMLElement);
keepOffline();
