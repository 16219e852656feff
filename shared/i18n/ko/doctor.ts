export const doctor = {
  why: '이유 보기',
  check: '연결 점검',
  title: '‘{{name}}’ 연결 점검',
  text: '{{address}}까지 한 단계씩 확인해요.',
  steps: '점검 단계',
  running: '확인하고 있어요…',
  allPassed: '모두 정상이에요.',
  allPassedButTest: '여기까지는 모두 정상이에요.',
  failedAt: '여기에서 막혔어요: {{step}}.',
  unchecked: '확인 전',
  again: '다시 점검',
  copy: '결과 복사',
  copied: '점검 결과를 복사했어요. 암호나 토큰은 들어 있지 않아요.',
  took: '{{ms}}ms',
  testText: '연결 테스트 메시지예요.',
  step: {
    dns: '이름',
    tcp: '포트',
    tls: '암호화',
    upgrade: '웹소켓',
    connect: '로그인',
    subscribe: '구독',
    echo: '테스트 메시지',
  },
  outcome: {
    passed: '정상',
    warned: '정상, 참고할 점 있음',
    failed: '실패',
    skipped: '건너뜀',
  },
  fact: {
    address: '주소',
    tried: '시도',
    error: '오류',
    proxy: '시스템 프록시',
    protocol: '프로토콜',
    subject: '발급 대상',
    issuer: '발급자',
    names: '사용할 수 있는 이름',
    valid: '유효 기간',
    wrong: '문제',
    fingerprint: 'SHA-256',
    expected: '기대한 지문',
    status: '응답',
    header: '헤더',
    body: '내용',
    version: 'STOMP',
    server: '서버',
    heartBeat: '하트비트',
    login: '로그인 이름',
    virtualHost: '가상 호스트',
    message: '메시지',
    close: '연결 종료',
    destination: '목적지',
  },
  wrong: {
    changed: '저장해 둔 인증서와 다름',
    selfSigned: '자체 서명',
    unknown: '모르는 인증 기관',
    expired: '만료됨',
    early: '아직 유효하지 않음',
    otherName: '다른 이름의 인증서',
  },
  cure: {
    useAddress: '{{url}} 쓰기',
    trustCertificate: '이 인증서 믿기',
    openPage: '{{url}} 열기',
    editServer: {
      url: '서버 설정',
      passcode: '암호 변경',
      token: '토큰 변경',
      virtualHost: '가상 호스트 변경',
      destinations: '목적지 변경',
    },
    changeName: '이름 변경',
    sendTest: '‘{{room}}’ 방에 테스트 메시지 보내기',
  },
  problem: {
    'proxy-needed':
      '{{host}}에 바로 연결할 수 없어요. 이 컴퓨터는 프록시({{proxy}})를 쓰지만 Stompbox는 프록시를 거치지 않아요. 네트워크 관리자에게 {{host}} 직접 연결을 허용해 달라고 부탁해 주세요.',
    'tls-missing':
      '{{host}}에서는 암호화(TLS)를 쓰지 않아요. ws:// 주소로 연결할 수 있지만 암호화되지 않아요.',
    'tls-failed':
      '{{host}}에서 TLS 연결이 끊겼어요({{message}}). 포트가 맞는지 확인하거나 관리자에게 물어봐 주세요.',
    'tls-required': '{{host}}에는 암호화된 연결만 가능해요. 주소가 wss://로 시작해야 해요.',
    'certificate-self-signed':
      '{{host}}의 인증서는 자체 서명이라 보증하는 기관이 없어요. 관리자가 알려 준 지문과 같은지 확인한 뒤 믿어 주세요.',
    'certificate-unknown':
      '{{host}}의 인증서를 발급한 기관을 이 컴퓨터가 몰라요. 관리자가 알려 준 지문과 같은지 확인한 뒤 믿어 주세요.',
    'certificate-expired':
      '{{host}}의 인증서가 만료되었어요. 관리자에게 갱신해 달라고 부탁해 주세요. 지문을 확인해 준 경우에만 믿어 주세요.',
    'certificate-early': '{{host}}의 인증서가 아직 유효하지 않아요. 이 컴퓨터의 날짜와 시간을 확인해 주세요.',
    'certificate-other-name':
      '{{host}}의 인증서는 다른 이름으로 발급되었어요. 아래에 나온 이름을 주소로 쓰거나, 이 인증서를 믿어 주세요.',
    'certificate-changed':
      '{{host}}의 인증서가 믿기로 한 것과 달라서 아무것도 보내지 않았어요. 관리자가 지문을 확인해 준 경우에만 새 인증서를 믿어 주세요.',
    'sockjs-found':
      'SockJS 주소예요. Stompbox는 {{url}} 웹소켓으로 연결하고 있어요. 이 주소를 쓰면 더 빨리 연결돼요.',
    'path-other': '이 경로에는 웹소켓이 없지만 {{url}} 주소에 있어요.',
    'path-unknown': '{{host}}의 {{path}} 경로에는 아무것도 없어요. 관리자에게 STOMP 경로를 물어봐 주세요.',
    'web-page': '{{host}}의 {{path}} 경로는 일반 웹페이지예요. STOMP 경로는 따로 있어요.',
    'captive-portal':
      '어느 주소든 웹페이지가 나와요. 호텔처럼 로그인이 필요한 네트워크라면 먼저 로그인해 주세요. 그렇지 않다면 {{host}} 주소는 STOMP 서버가 아니에요.',
    redirected:
      '{{host}}에서 {{to}} 주소로 넘기고 있어요. 그쪽으로 암호가 갈 수 있어서 따라가지 않았어요. 믿을 수 있는 주소라면 그 주소를 쓰세요.',
    'sign-in-needed': '{{host}}에 연결하려면 먼저 {{to}}에서 로그인해야 해요.',
    'token-needed': '{{host}}에 토큰이 필요해요. 관리자에게 토큰을 받아 서버 설정에 저장해 주세요.',
    'proxy-sign-in': '{{host}}까지 가는 길의 프록시에 로그인이 필요해요. 네트워크 관리자에게 물어봐 주세요.',
    'upgrade-removed':
      '{{host}} 앞의 프록시나 게이트웨이가 웹소켓을 통과시키지 않아요. 관리자가 Upgrade와 Connection 헤더를 전달하도록 설정해야 해요.',
    'gateway-down':
      '{{host}}의 게이트웨이는 응답하지만 그 뒤의 서버가 응답하지 않아요(HTTP {{status}}). 잠시 뒤에 다시 시도해 주세요.',
    'server-silent':
      '{{host}}에 연결은 되지만 아무 응답이 없어요. 포트가 맞는지 확인하거나 잠시 뒤에 다시 시도해 주세요.',
    'subprotocol-missing': '서버가 하위 프로토콜로 STOMP를 알려 주지 않아요. 연결에는 문제가 없어요.',
    'subscription-silent': '{{host}} 서버가 구독을 확인해 주지 않아서 더 확인할 수 없어요.',
    'subscription-refused':
      '{{host}} 서버가 구독을 거절했어요: {{message}}. 서버 설정에서 목적지를 확인해 주세요.',
    'subscription-not-tried': '한 번 더 구독하면 받을 메시지를 나눠 갖게 되어서 확인하지 않았어요.',
    'room-missing': '이 서버에서 들어간 방이 없어서 확인하지 않았어요.',
    'test-not-sent': '‘{{room}}’ 방의 모두에게 보이는 메시지라서 보내지 않았어요.',
    'test-refused': '{{host}} 서버가 메시지를 거절했어요: {{message}}. 서버 설정에서 목적지를 확인해 주세요.',
    'echo-missing':
      '메시지를 보냈지만 ‘{{room}}’ 방으로 돌아오지 않았어요. 보내는 목적지가 구독하는 목적지로 이어지지 않는 것 같아요.',
  },
}
