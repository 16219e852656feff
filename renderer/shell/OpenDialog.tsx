import { ChangeHostDialog } from '../host/ChangeHostDialog.tsx'
import { DeleteMessageDialog } from '../messages/row/DeleteMessageDialog.tsx'
import { OpenLinkDialog } from '../messages/text/OpenLinkDialog.tsx'
import { ExportRoomDialog } from '../keeping/ExportRoomDialog.tsx'
import { BrowseRoomsDialog } from '../rooms/BrowseRoomsDialog.tsx'
import { CreateRoomDialog } from '../rooms/CreateRoomDialog.tsx'
import { RenameRoomDialog } from '../rooms/RenameRoomDialog.tsx'
import { RoomQuestion } from '../rooms/RoomQuestion.tsx'
import { AddServerDialog } from '../servers/AddServerDialog.tsx'
import { DoctorDialog } from '../servers/doctor/DoctorDialog.tsx'
import { EditServerDialog } from '../servers/EditServerDialog.tsx'
import { JoinDialog } from '../servers/JoinDialog.tsx'
import { RemoveServerDialog } from '../servers/RemoveServerDialog.tsx'
import { RenewKeyDialog } from '../servers/RenewKeyDialog.tsx'
import { useStore } from '../store/use-store.ts'

/** Renders the dialog that is open in the store. */
export const OpenDialog = () => {
  const dialog = useStore(state => state.dialog)
  switch (dialog?.name) {
    case 'add-server':
      return <AddServerDialog />
    case 'join':
      return <JoinDialog link={dialog.link} />
    case 'edit-server':
      return <EditServerDialog serverId={dialog.serverId} focus={dialog.field ?? 'url'} />
    case 'renew-key':
      return <RenewKeyDialog serverId={dialog.serverId} />
    case 'doctor':
      return <DoctorDialog serverId={dialog.serverId} />
    case 'remove-server':
      return <RemoveServerDialog serverId={dialog.serverId} />
    case 'create-room':
      return <CreateRoomDialog serverId={dialog.serverId} />
    case 'browse-rooms':
      return <BrowseRoomsDialog serverId={dialog.serverId} />
    case 'rename-room':
      return <RenameRoomDialog room={dialog.room} />
    case 'export-room':
      return <ExportRoomDialog room={dialog.room} />
    case 'archive-room':
      return <RoomQuestion room={dialog.room} about="archive" />
    case 'delete-room':
      return <RoomQuestion room={dialog.room} about="delete" />
    case 'delete-message':
      return <DeleteMessageDialog {...dialog} />
    case 'change-host':
      return <ChangeHostDialog change={dialog.change} />
    case 'open-link':
      return <OpenLinkDialog href={dialog.href} trueHost={dialog.trueHost} />
    case undefined:
      return null
  }
}
