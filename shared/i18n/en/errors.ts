import type { ErrorCode } from '../../contract/errors.ts'

/** A sentence for every error: what happened, and what to do next. */
export const errors = {
  'input-invalid': 'That can’t be used as it is: {{what}}. Change it and try again.',
  'url-invalid':
    '“{{url}}” is not the address of a STOMP server. It looks like ws://192.168.0.14:7070/stomp.',
  'port-invalid': '{{port}} can’t be a port. Choose a number from 1024 to 65535, or 0 for any free one.',
  'invite-invalid':
    'This is no invitation link. It begins with stompbox://join and holds the server’s address.',
  'command-unknown': 'This window asked for something that this version can’t do. Restart Stompbox.',
  'not-found': 'That is no longer there. It may have been removed meanwhile.',
  'message-too-long': 'The message is too long for this server. Split it in two and send again.',
  'not-allowed': 'Your role in this room does not allow that. Ask its owner.',
  banned: 'You have been banned from this room. Ask its owner to let you in again.',
  'room-archived': 'This room has been archived: it can be read, but nothing new can be said in it.',
  'device-key-missing':
    'Guests can’t do that here. Connect with an app that keeps a device key, such as Stompbox.',
  'server-unreachable':
    '{{host}} does not answer. Check the address, and that the server is on and in the same network.',
  'port-closed':
    '{{name}} is there, but nothing listens on port {{port}}. Check the port, and that the server is switched on.',
  'firewall-suspected':
    '{{name}} is in your network and does not answer on port {{port}}. A firewall there probably keeps it closed: its owner has to allow the port.',
  'firewall-here': 'A firewall on this computer keeps Stompbox from reaching {{host}}. Allow Stompbox in it.',
  'subnet-other':
    '{{name}} is in another network than this computer ({{own}}). Join the same Wi-Fi or cable network.',
  'vpn-suspected':
    '{{name}} does not answer while the VPN {{vpn}} is on. Many VPNs cut off the network around you: switch it off, or let it allow local addresses.',
  'host-away':
    'No computer in your network answers as {{name}}. It may be off or asleep, or have another address by now.',
  'name-unknown': 'No computer called {{name}} can be found. Check the spelling, or use its IP address.',
  'route-missing': 'No way leads from this computer to {{name}}. Check its Wi-Fi or cable.',
  'server-not-stomp':
    '{{host}} answers, but does not speak STOMP there. Check the port and the path (/stomp, /ws).',
  'connection-lost': 'The connection was lost. Stompbox tries again by itself.',
  'server-hangs-up':
    '{{host}} closes the connection each time it gets this, without saying why. It may be too large, or not allowed for you there.',
  'host-closing': 'The box was switched off. Stompbox comes back by itself when it is on again.',
  'host-full': '{{host}} takes no more connections right now. Stompbox tries again by itself.',
  'address-full':
    'Too many devices already connect to {{host}} from your network address. Stompbox tries again by itself; the person who hosts can allow more per address in the box settings.',
  'host-name-refused':
    'The server at {{host}} does not know this name. Use its IP address, or ask the person who hosts to add the name under “Other names” in the box settings.',
  'tls-required':
    '{{host}} takes encrypted connections alone. Ask the person who hosts for an invitation, and paste it in place of the address.',
  'certificate-refused':
    'The certificate of {{host}} is not trusted on this computer. Ask the person who hosts for an invitation, or who runs the server for its certificate authority.',
  'certificate-changed':
    '{{host}} shows another certificate than the invitation says, so Stompbox does not trust it. Ask the person who hosts for a new invitation.',
  'server-other':
    '{{name}} would be known by another address or certificate from now on. Check with the person who hosts, then confirm it in the server’s settings.',
  'login-refused': 'The server does not accept this name and passcode. Check both in the server’s settings.',
  'access-refused':
    '{{host}} did not let you in: {{message}}. Check the name and the passcode in the server’s settings, or try again later.',
  'passcode-wrong': 'The passcode is wrong. Ask the person who hosts for the current one.',
  'name-taken': 'Somebody else is called {{name}} here. Choose another name.',
  'too-many-attempts':
    'The box got too many wrong passcodes and takes no more for a while. Wait a minute, then try again with the right one.',
  'too-many-names':
    'The box takes no new names right now. Stompbox tries again by itself; if that goes on, tell the person who hosts.',
  'too-many-rooms':
    'The box takes no more rooms from you. Delete one that nobody uses, or ask the person who hosts to make it.',
  'room-name-taken': 'There is a room with this name already. Choose another name.',
  'virtual-host-unknown':
    'The server has no virtual host “{{virtualHost}}” for you. Write the right one in the server’s settings (RabbitMQ: usually “/”).',
  'version-unsupported': 'The server speaks an older STOMP. Stompbox needs STOMP 1.2.',
  'frame-too-large': 'That is larger than the server takes. Make it shorter and send again.',
  'too-many-subscriptions':
    'This server lets you follow no more rooms at once. Leave rooms that you do not need, then connect again.',
  'server-error': 'The server refused: {{message}}',
  offline: 'There is no connection to this server right now. Connect first, then try again.',
  'port-in-use': 'Another program already uses port {{port}}. Choose another port, or 0 for any free one.',
  'port-forbidden': 'This computer does not allow port {{port}}. Choose one from 1024 up.',
  'address-invalid':
    '{{address}} is not an address of this computer. Choose 127.0.0.1, 0.0.0.0 or one of its own addresses.',
  'passcode-missing':
    'Only this computer may get in without a passcode. Set one to open the box to the network.',
  'passcode-short':
    'Others could guess this passcode. Choose one with at least {{least}} characters to open the box to the network.',
  'disk-full':
    'The disk is full, so this could not be saved. Free some space and try again; nothing that was saved is lost.',
  'disk-readonly': '{{file}} can’t be written. Check its permissions, then start Stompbox again.',
  'cache-corrupt':
    '{{file}} is not a readable database. It was left as it is; move it away or bring back a backup, then start again.',
  'cache-newer':
    '{{file}} was written by a newer Stompbox. Install that version or a later one; nothing was changed.',
  'cache-locked': 'Another program has {{file}} open. Close it and start Stompbox again.',
  'cache-failed': 'The local store failed. What was saved is safe; start Stompbox again.',
  'certificate-invalid':
    '{{file}} can’t be used for TLS: it takes a certificate and the key that belongs to it, both as PEM without a password.',
  'file-unreadable': '{{file}} can’t be read. Check that it is there, and its permissions.',
  'file-broken':
    '{{file}} is damaged, and was left as it is. Bring back a backup and try again, or put it aside: then passcodes have to be typed again, and your names have to be freed by the people who host.',
  'file-exists': '{{file}} is there already. Choose another place, or replace it with --force.',
  'host-failed': 'The box stopped unexpectedly. Switch it on again; its messages are safe.',
  'secrets-unavailable':
    'This computer’s key store did not keep a passcode or a key. Unlock it, then try again; a passcode that you have typed counts until you quit.',
  'secrets-locked':
    'Stompbox can’t read the passcode or key that it keeps for this: the key store of this computer is locked, or is another one. Unlock it and try again.',
  internal: 'Something went wrong inside Stompbox. Try again; if it stays, look into the log.',
} as const satisfies Record<ErrorCode, string>
