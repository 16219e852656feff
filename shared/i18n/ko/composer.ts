export const composer = {
  label: '#{{room}}에 보낼 메시지',
  placeholder: '#{{room}}에 쓰기',
  placeholderOffline: '#{{room}}에 쓰기. 연결되면 보낼게요',
  send: '보내기',
  typingOne: '{{first}}님이 입력하고 있어요',
  typingTwo: '{{first}}님, {{second}}님이 입력하고 있어요',
  typingMore: '여러 사람이 입력하고 있어요',
  hintSend: '보내기',
  hintBreak: '줄바꿈',
  tooLong_one: '{{count}}자가 넘쳐요. 메시지 두 개로 나눠 주세요.',
  tooLong_other: '{{count}}자가 넘쳐요. 메시지 두 개로 나눠 주세요.',
}
