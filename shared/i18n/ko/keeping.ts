export const keeping = {
  recovered: '저장된 메시지 일부가 손상됐어요.',
  recoveredText:
    '메시지 {{messages}}개(아직 보내지 않은 것 {{unsent}}개)와 작성 중인 글 {{drafts}}개를 되살렸어요. 나머지는 대화를 보관하는 서버에서 다시 받아요.',
  export: '내보내기…',
  exportTitle: '‘{{room}}’ 방 내보내기',
  exportText:
    '이 컴퓨터에 저장된 이 방의 메시지를 모두 파일로 저장해요. 파일이 있으면 누구나 읽을 수 있어요.',
  exportFormat: '형식',
  formats: {
    html: 'HTML',
    markdown: '마크다운',
    csv: 'CSV',
    json: 'JSON',
  },
  exportSubmit: '파일 선택…',
  exported: '{{file}}에 내보냈어요',
  tasks: {
    export: '‘{{name}}’ 내보내는 중',
  },
  progress: '{{done}} / {{total}}',
  keep: '메시지 보관',
  keepText:
    '오래된 메시지를 이 컴퓨터에서 지워요. 읽지 않았거나 보내지 않은 메시지는 지우지 않고, 서버에 있는 것은 그대로예요.',
  keeps: {
    everything: '모두',
    year: '1년',
    '90-days': '90일',
    '30-days': '30일',
  },
  space: '이 컴퓨터에서 차지하는 공간',
  spaceText_one: '메시지 {{count}}개가 {{size}}를 차지해요.',
  spaceText_other: '메시지 {{count}}개가 {{size}}를 차지해요.',
  spaceUnused: '그중 {{size}}는 쓰지 않고 있어요.',
  free: '공간 확보',
  freed: '{{size}}를 확보했어요.',
  showFile: '손상된 파일 보기',
}
