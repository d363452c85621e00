import { Panel } from '../../design/panel';
export function NetworkPanel() {
  return <Panel title="Network">{null}</Panel>;
}
