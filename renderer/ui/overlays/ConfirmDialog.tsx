import type { ReactNode } from 'react'
import { Button } from '../forms/Button.tsx'
import { Dialog, DialogButtons } from './Dialog.tsx'

interface Props {
  /** The question. */
  title: string
  /** The consequences. */
  text: ReactNode
  /** The safe answer, which has the focus. */
  keep: string
  confirm: string
  onConfirm: () => void
  /** Runs the action; the dialog closes first. */
  onClose: () => void
}

/** Confirms an action that affects others or can't be undone. */
export const ConfirmDialog = ({ title, text, keep, confirm, onConfirm, onClose }: Props) => (
  <Dialog title={title} description={text} onClose={onClose}>
    <DialogButtons>
      <Button autoFocus onClick={onClose}>
        {keep}
      </Button>
      <Button
        variant="danger"
        onClick={() => {
          onClose()
          onConfirm()
        }}
      >
        {confirm}
      </Button>
    </DialogButtons>
  </Dialog>
)
