// @ts-nocheck
import { useCallback, useState } from 'react';

/**
 * A secret on its way from the response to the dialog. React keeps an earlier state of a component beside the
 * present one, so the state holds this box, which is emptied, and never the text itself.
 */
export class Secret {
  readonly name: string;
  #key: string | undefined;

  constructor(name: string, key: string) {
    this.name = name;
    this.#key = key;
  }

  reveal(): string {
    return this.#key ?? '';
  }

  forget(): void {
    this.#key = undefined;
  }
}

/** Shows a key once. It closes by its button alone, so that nobody loses a key by a stray click. */
export function SecretDialog({ secret, onClose }: { secret: Secret; onClose: () => void }) {
  const [isShown, setShown] = useState(false);
  const open = useCallback((dialog: HTMLDialogElement | null) => dialog?.showModal(), []);
  // Written past React, whose record of what it rendered outlives the dialog.
  const write = (element: HTMLElement | null) => {
    if (element !== null) element.textContent = isShown ? secret.reveal() : '•'.repeat(20);
  };
  return (
    <dialog ref={open} aria-label={`The key "${secret.name}"`} onCancel={(event) => event.preventDefault()}>
      <h2>{secret.name}</h2>
      <p>Copy this key now. It is not shown again.</p>
      <p>
        <code ref={write} data-testid="secret" />
      </p>
      <button type="button" onClick={() => setShown(!isShown)}>
        {isShown ? 'Hide' : 'Show'}
      </button>
      <button type="button" onClick={() => navigator.clipboard.writeText(secret.reveal())}>
        Copy
      </button>
      <button
        type="button"
        onClick={() => {
          secret.forget();
          onClose();
        }}
      >
        I have saved the key
      </button>
    </dialog>
  );
}
