/** Something to be told beside the text of the network. */
export interface Said {
  kind: 'note' | 'error';
  text: string;
}

export type Say = (said: Said | undefined) => void;
