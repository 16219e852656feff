/** What main and a page's preload say to each other, encoded by the codec. */

/** From the page to main. */
export type FromPage =
  | { kind: 'send'; channel: string; args: unknown[] }
  | { kind: 'invoke'; id: number; channel: string; args: unknown[] }
  | { kind: 'preload-error'; stack: string }
  /** The page asks for another window. */
  | { kind: 'window-open'; url: string; frameName: string }
  /** The desktop has given the page the focus, or has taken it. */
  | { kind: 'focus'; focused: boolean }

/** From main to the page. */
export type ToPage =
  | { kind: 'send'; channel: string; args: unknown[] }
  | { kind: 'answer'; id: number; value: unknown }
  | { kind: 'refusal'; id: number; message: string }
