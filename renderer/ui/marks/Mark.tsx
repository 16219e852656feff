/** The mark of Stompbox: a speech bubble with three knobs and a footswitch. Sized like Lucide's icons. */
export const Mark = () => (
  <svg className="lucide" viewBox="0 0 24 24" aria-hidden="true">
    <path
      fill="currentColor"
      fillRule="evenodd"
      d="M8 1.5h8a5 5 0 0 1 5 5v7a5 5 0 0 1-5 5h-4.3l-4.36 3.56A.8.8 0 0 1 6 21.44V18.08A5 5 0 0 1 3 13.5v-7a5 5 0 0 1 5-5zM6.15 6.3a1.35 1.35 0 1 0 2.7 0a1.35 1.35 0 1 0-2.7 0zM10.65 6.3a1.35 1.35 0 1 0 2.7 0a1.35 1.35 0 1 0-2.7 0zM15.15 6.3a1.35 1.35 0 1 0 2.7 0a1.35 1.35 0 1 0-2.7 0zM8.9 12.9a3.1 3.1 0 1 0 6.2 0a3.1 3.1 0 1 0-6.2 0z"
    />
  </svg>
)
