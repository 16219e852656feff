import type { ErrorCode } from '../../contract/errors.ts'

/** A sentence for every error: what happened, and what to do next. */
export const errors = {
  'input-invalid': 'This can’t be used: {{what}}. Change it and try again.',
  'url-invalid':
    '“{{url}}” is not the address of a STOMP server. An address looks like ws://192.168.0.14:7070/stomp.',
  'port-invalid': '{{port}} can’t be a port. Choose a number from 1024 to 65535, or 0 for any free one.',
  'invite-invalid':
    'This is not an invitation link. Invitation links begin with stompbox://join and contain the server’s address.',
  'command-unknown': 'The window asked for something that this version can’t do. Restart Stompbox.',
  'not-found': 'It is no longer there. Someone may have deleted it.',
  'message-too-long': 'The message is too long for this server. Split it in two and send again.',
  'not-allowed': 'Your role in this room does not allow that. Ask its owner.',
  banned: 'You are banned from this room. Ask its owner to unban you.',
  'room-archived': 'This room is archived. You can read it, but not write in it.',
  'device-key-missing': 'Guests can’t do that. Connect with an app that has a device key, such as Stompbox.',
  'server-unreachable':
    '{{host}} does not answer. Check the address, and that the server is running and on the same network.',
  'no-server-found':
    'No STOMP server answers on {{name}} (ports {{ports}} were tried). Check that it is running, or add its port, as in {{name}}:15674/ws.',
  'port-closed':
    'Nothing is listening on port {{port}} of {{name}}. Check the port, and that the server is running.',
  'firewall-suspected':
    '{{name}} is on your network but does not answer on port {{port}}. A firewall on it probably blocks the port. Ask its owner to allow it.',
  'firewall-here':
    'A firewall on this computer blocks connections to {{host}}. Allow Stompbox in its settings.',
  'subnet-other':
    '{{name}} is on a different network from this computer ({{own}}). Connect to the same Wi-Fi or wired network.',
  'vpn-suspected':
    '{{name}} does not answer while the VPN {{vpn}} is on. Many VPNs block the local network. Turn the VPN off, or allow local addresses in it.',
  'host-away':
    'No computer on your network answers at {{name}}. It may be off, asleep, or have a new address.',
  'name-unknown': 'There is no computer called {{name}}. Check the spelling, or use its IP address.',
  'route-missing': 'This computer has no network route to {{name}}. Check its Wi-Fi or cable.',
  'server-not-stomp': '{{host}} answers, but not with STOMP. Check the port and the path (/stomp, /ws).',
  'connection-lost': 'The connection was lost. Stompbox reconnects automatically.',
  'server-hangs-up':
    '{{host}} closes the connection each time it receives this, without saying why. It may be too large, or you may not be allowed to do it there.',
  'not-confirmed': 'Not confirmed: the server has not said that it has this message.',
  'host-closing': 'The server was turned off. Stompbox reconnects when it is on again.',
  'host-full': '{{host}} takes no more connections right now. Stompbox tries again automatically.',
  'address-full':
    'Too many devices at your network address are connected to {{host}}. Stompbox tries again automatically. The host can allow more per address in the box settings.',
  'host-name-refused':
    'The server at {{host}} does not accept that name. Use its IP address, or ask its host to add the name under “Other names” in the box settings.',
  'tls-required':
    '{{host}} only accepts encrypted connections. Ask its host for an invitation link and paste it as the address.',
  'certificate-refused':
    'This computer does not trust the certificate of {{host}}. Ask its host for an invitation link, or its administrator for the certificate authority.',
  'certificate-changed':
    'The certificate of {{host}} differs from the one in the invitation, so Stompbox did not connect. Ask its host for a new invitation.',
  'server-other':
    '{{name}} would get a new address or certificate. Check with its host, then confirm it in the server’s settings.',
  'server-own':
    'This is the address of your own box, which you already have. Enter the address of another server, or remove this one.',
  'login-refused': 'The server does not accept this name and passcode. Check both in the server’s settings.',
  'access-refused':
    '{{host}} did not let you in: {{message}}. Check the name and the passcode in the server’s settings, or try again later.',
  redirected:
    '{{host}} sends you on to {{location}}. If you trust that address, enter it in the server’s settings.',
  'token-missing':
    'This server wants a token. Enter it in the server’s settings; the connection then continues by itself.',
  'token-expired':
    'Your token has expired. Enter a new one, or sign in again, in the server’s settings; your messages wait until then.',
  'token-refused':
    'The server does not accept your token: {{message}}. Enter a new one, or sign in again, in the server’s settings; your messages wait until then.',
  'token-unusable':
    'What should give the token gave none. Check the command or the login request in the server’s settings.',
  'token-command-failed':
    'The command for the token failed: {{message}}. Check it in the server’s settings, then connect again.',
  'token-login-failed':
    'The login for the token failed: {{message}}. Check the name, the passcode and the address of the login in the server’s settings.',
  'rooms-unlisted':
    'The list of rooms at {{url}} can’t be read: {{message}}. Check its address and its paths in the server’s settings.',
  'secret-missing':
    'The secret value of “{{name}}” is missing. Enter it in the server’s settings; the connection then continues by itself.',
  'passcode-wrong': 'The passcode is wrong. Ask the host for the current one.',
  'name-taken':
    'Someone here is already called {{name}}. Choose another name. If the name is yours but its device is lost, ask an owner of the server to free it (“Free a name” on the page of their box).',
  'too-many-attempts':
    'The server got too many wrong passcodes. Wait a minute, then try again with the right one.',
  'too-many-names':
    'The server takes no new names right now. Stompbox tries again automatically. If it goes on, tell the host.',
  'too-many-rooms':
    'The server takes no more rooms from you. Delete one that is no longer used, or ask the host to create it.',
  'room-name-taken': 'There is already a room with this name. Choose another name.',
  'virtual-host-unknown':
    'The server has no virtual host “{{virtualHost}}” for you. Correct it in the server’s settings (RabbitMQ: usually “/”).',
  'version-unsupported': 'The server speaks an older version of STOMP. Stompbox needs STOMP 1.2.',
  'frame-too-large': 'This is larger than the server accepts. Make it shorter and send it again.',
  'delivery-too-large':
    'The server sent a message larger than Stompbox accepts. Ask whoever runs the server to remove that message.',
  'too-many-subscriptions':
    'This server does not allow any more rooms at once. Leave rooms you don’t need, then connect again.',
  'server-error': 'The server refused: {{message}}',
  'server-notice': '{{name}}: {{text}}',
  offline: 'You are not connected to this server. Connect, then try again.',
  'port-in-use': 'Another program already uses port {{port}}. Choose another port, or 0 for any free one.',
  'port-forbidden': 'This computer does not allow port {{port}}. Choose one from 1024 up.',
  'address-invalid':
    '{{address}} is not an address of this computer. Choose 127.0.0.1, 0.0.0.0 or one of its own addresses.',
  'passcode-missing':
    'Without a passcode, only this computer can connect. Set one to open the box to the network.',
  'passcode-short':
    'Others could guess this passcode. Choose one with at least {{least}} characters to open the box to the network.',
  'disk-full':
    'The disk is full, so this could not be saved. Free some space and try again. Nothing that was saved is lost.',
  'disk-readonly': 'Stompbox can’t write to {{file}}. Check its permissions, then start Stompbox again.',
  'cache-corrupt':
    '{{file}} is not a readable database. It was not changed. Move it away or restore a backup, then start again.',
  'cache-newer':
    '{{file}} was written by a newer version of Stompbox. Install that version or a later one. Nothing was changed.',
  'cache-locked': 'Another program has {{file}} open. Close it and try again.',
  'cache-failed': 'The local database failed. What was saved is safe. Start Stompbox again.',
  'certificate-invalid':
    '{{file}} can’t be used for TLS. It has to contain a certificate and its key, both as PEM without a password.',
  'file-unreadable': '{{file}} can’t be read. Check that it exists, and its permissions.',
  'file-broken':
    '{{file}} is damaged and was not changed. Restore a backup and try again, or put the file aside: then you have to type your passcodes again, and hosts have to free your names.',
  'file-exists': '{{file}} already exists. Choose another file, or replace it with --force.',
  'task-running': 'An export is still running. Wait until it is done, or cancel it.',
  'host-failed': 'The box stopped unexpectedly. Turn it on again. Its messages are safe.',
  'secrets-unavailable':
    'This computer’s key store did not keep a passcode or a key. Unlock it, then try again; a passcode that you have typed counts until you quit.',
  'secrets-locked':
    'Stompbox can’t read the passcode or key that it keeps for this: the key store of this computer is locked, or is another one. Unlock it and try again.',
  internal: 'Something went wrong inside Stompbox. Try again. If it keeps happening, look at the log.',
} as const satisfies Record<ErrorCode, string>
