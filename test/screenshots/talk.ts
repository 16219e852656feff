/** What people say in the pictures. */
import type { RoomKind } from '../../shared/contract/model.ts'

/** A line of somebody; `time` is of the day before the picture where `day` is -1. */
export interface Line {
  sender: string
  day: -1 | 0
  /** Hours and minutes, such as `09:20`. */
  time: string
  text: string
  /** Said while the person in front of the window was away. */
  isNew?: boolean
}

export interface Room {
  id: string
  name: string
  topic: string
  /** Everybody's where it says nothing. A direct room is with the person of its name. */
  kind?: RoomKind
  lines: Line[]
}

/** The person in front of the window. */
export const me = '박지우'
export const boxName = '한빛 스튜디오'
/** The room that is open in most of the pictures. */
export const mainRoom = 'release-0.9'
export const otherServer = '공방'

const yesterday = (time: string, sender: string, text: string): Line => ({ sender, day: -1, time, text })
const today = (time: string, sender: string, text: string): Line => ({ sender, day: 0, time, text })
const unread = (time: string, sender: string, text: string): Line => ({
  ...today(time, sender, text),
  isNew: true,
})

const marcus = 'Marcus Ødegaard'
const alexandra = 'Alexandra Papadopoulou'

export const boxRooms: Room[] = [
  {
    id: 'all-hands',
    name: 'all-hands',
    topic: '',
    lines: [today('08:30', '최민준', '이번 주 회의는 목요일 네 시예요.')],
  },
  {
    id: 'general',
    name: 'general',
    topic: '',
    lines: [
      today('08:55', '홍길동', '3층 회의실 와이파이, 어제부터 다시 잘 돼요.'),
      unread('14:02', '이서연', '케이크 왔어요. 2층 부엌이에요.'),
      unread('14:05', marcus, 'On my way!'),
      unread('14:06', '홍길동', '두 조각 남았어요.'),
    ],
  },
  {
    id: 'release-0-9',
    name: mainRoom,
    topic: '0.9 출시 준비 · ship Friday 18:00, freeze from noon',
    lines: [
      yesterday(
        '17:48',
        marcus,
        'The box survives a closed lid now. On wake it takes its port back, and every client is in again within 2 s.',
      ),
      yesterday('17:49', marcus, 'The outbox drains in order, each message once.'),
      yesterday(
        '17:55',
        '이서연',
        '3층 배치도에 공유기 자리를 표시했어요. 주황색 점이 이번에 옮긴 두 대고, 회색은 다음 주에 철거합니다.',
      ),
      today(
        '09:12',
        alexandra,
        'Release notes are drafted. Could a native speaker read the Korean half? https://wiki.hanbit.example/release-notes-0.9?lang=ko',
      ),
      today(
        '09:20',
        '최민준',
        '제가 볼게요. 다만 ‘브로커’를 ‘중개기’로 옮긴 건 조금 어색해서, 처음 나올 때만 괄호로 설명하고 그 뒤로는 그냥 ‘브로커’라고 쓰는 편이 읽는 사람에게 더 친절할 것 같아요.',
      ),
      today('09:31', me, '동의해요. 용어집에도 그렇게 적어 둘게요.'),
      today('09:32', me, 'Soak test on the new build: 40 clients, 2 h, 0 lost, 0 out of order.'),
      unread(
        '14:16',
        '이서연',
        `@${me} 회의실 B에서 다시 연결되기까지 14초 걸렸어요. 하트비트 간격이 10초인데 두 번을 놓친 다음에야 끊겼다고 판단하는 것 같습니다. 로그 같이 볼 수 있을까요?`,
      ),
      unread(
        '14:18',
        marcus,
        'That is the heart-beat grace: 2 × 10 s, minus whatever the system tells us first. On a LAN we could go down to 1.5×.',
      ),
    ],
  },
  {
    id: 'design-review',
    name: 'design-review',
    topic: '',
    lines: [
      today('10:40', alexandra, 'New empty states are in the shared folder.'),
      unread('13:30', alexandra, `@${me} which of the two first-run drawings do you prefer?`),
    ],
  },
  {
    id: '점심-원정대',
    name: '점심-원정대',
    topic: '',
    lines: [
      unread('11:41', '홍길동', '오늘은 칼국수 어때요?'),
      unread('11:42', '최민준', '좋아요. 네 자리 잡아 둘게요.'),
      unread('11:44', '이서연', '저는 오늘 도시락이에요.'),
    ],
  },
  {
    id: '배포-알림',
    name: '배포-알림',
    topic: '',
    lines: [today('12:00', 'deploy', '0.9.0-rc.2: 배포를 마쳤습니다.')],
  },
  {
    id: '프린터-토너',
    name: '프린터-토너-누가-바꿨어요-진상규명위원회',
    topic: '',
    lines: [unread('13:01', '홍길동', '범인은 자수해 주세요. 감사의 커피가 기다립니다.')],
  },
  {
    id: 'pay',
    name: '급여-정산-2025',
    topic: '',
    kind: 'private',
    lines: [today('10:05', me, '수당 표는 이번 주 안에 올릴게요.')],
  },
  {
    id: 'direct-star',
    name: '남궁하늘별',
    topic: '',
    kind: 'direct',
    lines: [unread('13:48', '남궁하늘별', '회의 자료 보내 드렸어요. 한번 봐 주세요.')],
  },
  {
    id: 'direct-tomas',
    name: 'Tomás Ferreira',
    topic: '',
    kind: 'direct',
    lines: [unread('09:40', me, 'The drill is back in the workshop, thank you!')],
  },
]

export const workshopRooms: Room[] = [
  {
    id: 'general',
    name: 'general',
    topic: '',
    lines: [unread('12:20', 'Tomás', 'The laser cutter is free from three.')],
  },
]

/** What the person answers while the picture is taken. */
export const answer = '로그 지금 열어 볼게요. Same thing in room C, I think.'

/** Who is connected to the box, and by what they got in. */
export const guests = ['이서연', marcus, alexandra, '최민준', '홍길동']
export const passcode = '7KQ2-M4TX-9HBD-V3ZP'

/** What stands half written in the composer. */
export const draft = 'Can we cut the grace to 1.5× behind a setting first? 유선으로 붙은 자리부터 켜 보고,'
