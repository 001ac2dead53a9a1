import { visible } from '../lib/visible'

/** Text of somebody else's: isolated from the text around it, with nothing in it that hides or turns. */
export function Plain({ children }: { children: string }) {
  return <bdi>{visible(children)}</bdi>
}
