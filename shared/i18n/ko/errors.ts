export const errors = {
  'input-invalid': '그대로는 쓸 수 없어요: {{what}}. 고쳐서 다시 해 주세요.',
  'url-invalid': '“{{url}}”은(는) STOMP 서버 주소가 아니에요. ws://192.168.0.14:7070/stomp 처럼 써 주세요.',
  'port-invalid':
    '{{port}}번은 포트로 쓸 수 없어요. 1024부터 65535 사이의 수나, 아무 빈 포트나 쓰려면 0을 고르세요.',
  'invite-invalid': '초대 링크가 아니에요. stompbox://join으로 시작하고 서버 주소가 들어 있어야 해요.',
  'command-unknown': '이 버전이 할 수 없는 요청이에요. Stompbox를 다시 시작해 주세요.',
  'not-found': '이제 없어요. 그사이 지워졌을 수 있어요.',
  'message-too-long': '이 서버가 받기에는 메시지가 너무 길어요. 나눠서 다시 보내 주세요.',
  'not-allowed': '이 방에서 맡은 역할로는 할 수 없어요. 방장에게 부탁해 주세요.',
  banned: '이 방에 들어올 수 없게 됐어요. 방장에게 다시 들어오게 해 달라고 해 주세요.',
  'room-archived': '보관된 방이에요. 읽을 수는 있지만 새로 쓸 수는 없어요.',
  'device-key-missing': '손님은 할 수 없어요. Stompbox처럼 기기 키를 간직하는 앱으로 연결해 주세요.',
  'server-unreachable':
    '{{host}}에서 응답이 없어요. 주소가 맞는지, 서버가 켜져 있고 같은 네트워크에 있는지 확인해 주세요.',
  'port-closed':
    '{{name}} 컴퓨터는 있지만 {{port}}번 포트가 닫혀 있어요. 포트가 맞는지, 서버가 켜져 있는지 확인해 주세요.',
  'firewall-suspected':
    '{{name}} 컴퓨터는 같은 네트워크에 있는데 {{port}}번 포트에서 응답이 없어요. 그쪽 방화벽이 막고 있을 수 있어요. 포트를 허용해 달라고 해 주세요.',
  'firewall-here': '이 컴퓨터의 방화벽이 {{host}} 연결을 막았어요. 방화벽에서 Stompbox를 허용해 주세요.',
  'subnet-other':
    '{{name}} 컴퓨터는 이 컴퓨터({{own}})와 다른 네트워크에 있어요. 같은 와이파이나 유선 네트워크에 연결해 주세요.',
  'vpn-suspected':
    'VPN({{vpn}})이 켜져 있는 동안 {{name}}에서 응답이 없어요. VPN이 주변 네트워크를 막기도 해요. VPN을 끄거나 로컬 주소를 허용해 주세요.',
  'host-away':
    '네트워크에서 {{name}} 컴퓨터를 찾지 못했어요. 꺼져 있거나 잠자고 있거나, 주소가 바뀌었을 수 있어요.',
  'name-unknown': '{{name}}(이)라는 컴퓨터를 찾지 못했어요. 철자를 확인하거나 IP 주소를 써 주세요.',
  'route-missing': '이 컴퓨터에서 {{name}}까지 가는 길이 없어요. 와이파이나 랜선을 확인해 주세요.',
  'server-not-stomp':
    '{{host}}에서 응답은 있지만 STOMP가 아니에요. 포트와 경로(/stomp, /ws)를 확인해 주세요.',
  'connection-lost': '연결이 끊겼어요. 저절로 다시 연결해요.',
  'host-closing': '상자가 꺼졌어요. 다시 켜지면 저절로 연결해요.',
  'certificate-refused':
    '{{host}}의 인증서를 이 컴퓨터가 믿지 않아요. 서버 관리자에게 인증 기관 인증서를 물어보세요.',
  'certificate-changed':
    '{{host}}의 인증서가 초대장에 적힌 것과 달라서 연결하지 않았어요. 상자를 켠 분에게 초대장을 새로 받아 주세요.',
  'login-refused': '이 이름과 암호로는 들어갈 수 없어요. 서버 설정에서 둘 다 확인해 주세요.',
  'passcode-wrong': '암호가 달라요. 상자를 켠 분에게 지금 암호를 물어보세요.',
  'name-taken': '여기에는 이미 {{name}}님이 있어요. 다른 이름을 골라 주세요.',
  'too-many-attempts':
    '이 컴퓨터에서 틀린 암호가 너무 여러 번 왔어요. 1분쯤 기다린 뒤 맞는 암호로 다시 해 주세요.',
  'virtual-host-unknown':
    '서버에 들어갈 수 있는 가상 호스트 “{{virtualHost}}”이(가) 없어요. 서버 설정에서 고쳐 주세요(RabbitMQ라면 보통 “/”).',
  'version-unsupported': '서버의 STOMP가 오래됐어요. Stompbox에는 STOMP 1.2가 필요해요.',
  'frame-too-large': '서버가 받는 크기를 넘었어요. 줄여서 다시 보내 주세요.',
  'too-many-subscriptions':
    '이 서버에서는 더 많은 방을 한꺼번에 볼 수 없어요. 필요 없는 방에서 나간 뒤 다시 연결해 주세요.',
  'server-error': '서버가 거절했어요: {{message}}',
  offline: '지금은 이 서버에 연결되어 있지 않아요. 연결한 뒤 다시 해 주세요.',
  'port-in-use':
    '{{port}}번 포트는 다른 프로그램이 쓰고 있어요. 다른 포트를 고르거나, 아무 빈 포트나 쓰려면 0을 넣으세요.',
  'port-forbidden': '이 컴퓨터에서는 {{port}}번 포트를 쓸 수 없어요. 1024번부터 골라 주세요.',
  'address-invalid':
    '{{address}}은(는) 이 컴퓨터의 주소가 아니에요. 127.0.0.1이나 0.0.0.0, 또는 이 컴퓨터의 주소를 고르세요.',
  'passcode-missing': '암호 없이는 이 컴퓨터에서만 들어올 수 있어요. 네트워크에 열려면 암호를 정해 주세요.',
  'disk-full':
    '디스크가 가득 차서 저장하지 못했어요. 공간을 비우고 다시 해 주세요. 저장된 것은 그대로 있어요.',
  'disk-readonly': '{{file}}에 쓸 수 없어요. 권한을 확인한 뒤 Stompbox를 다시 시작해 주세요.',
  'cache-corrupt':
    '{{file}}은(는) 읽을 수 있는 데이터베이스가 아니에요. 파일은 그대로 두었어요. 다른 곳으로 옮기거나 백업을 되돌린 뒤 다시 시작해 주세요.',
  'cache-newer':
    '{{file}}은(는) 더 새로운 Stompbox가 만든 파일이에요. 그 버전이나 그 뒤 버전을 설치해 주세요. 아무것도 바꾸지 않았어요.',
  'cache-locked': '다른 프로그램이 {{file}}을(를) 열고 있어요. 닫은 뒤 Stompbox를 다시 시작해 주세요.',
  'cache-failed': '로컬 저장소에 문제가 생겼어요. 저장된 것은 안전해요. Stompbox를 다시 시작해 주세요.',
  'certificate-invalid':
    '{{file}}은(는) TLS에 쓸 수 없어요. 인증서와 그에 맞는 키를 비밀번호 없는 PEM으로 주세요.',
  'file-unreadable': '{{file}}을(를) 읽을 수 없어요. 파일이 있는지, 권한이 맞는지 확인해 주세요.',
  'file-exists': '{{file}}이(가) 이미 있어요. 다른 곳을 고르거나, 바꾸려면 --force를 주세요.',
  'host-failed': '상자가 갑자기 멈췄어요. 다시 켜 주세요. 메시지는 안전해요.',
  'secrets-unavailable': '이 컴퓨터에 암호를 저장하지 못했어요. 다음에 다시 물어볼게요.',
  internal: 'Stompbox 안에서 문제가 생겼어요. 다시 해 보고, 계속되면 로그를 살펴봐 주세요.',
}
