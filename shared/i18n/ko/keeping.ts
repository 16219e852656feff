export const keeping = {
  recovered: '저장된 메시지 일부가 손상됐어요.',
  recoveredText:
    '메시지 {{messages}}개(아직 보내지 않은 것 {{unsent}}개)와 쓰던 글 {{drafts}}개를 되살렸어요. 나머지는 대화를 보관하는 서버에서 다시 받아요.',
  showFile: '손상된 파일 보기',
}
