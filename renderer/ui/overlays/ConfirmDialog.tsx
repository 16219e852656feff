import { Button } from '../forms/Button.tsx'
import { Dialog, DialogButtons } from './Dialog.tsx'

interface Props {
  /** The question. */
  title: string
  /** What comes of a yes. */
  text: string
  /** The safe answer, which has the focus. */
  keep: string
  confirm: string
  onConfirm: () => void
  /** The dialog is closed, before anything is carried out. */
  onClose: () => void
}

/** Asks before something that others feel, or that does not come back. */
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
