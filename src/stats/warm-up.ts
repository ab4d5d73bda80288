/**
 * MSER-5 (White 1997): how many leading observations belong to the warm-up. Observations are averaged in fives; the truncation point minimizes the
 * squared standard error of what remains. Null when that point lies in the second half: the observations are too few to tell.
 */
export function warmUp(observations: readonly number[]): number | null {
  const fives: number[] = []
  for (let n = 0; n + 5 <= observations.length; n += 5) fives.push((observations[n]! + observations[n + 1]! + observations[n + 2]! + observations[n + 3]! + observations[n + 4]!) / 5)
  const count = fives.length
  let sum = 0
  let squares = 0
  let best = 0
  let least = Infinity
  for (let cut = count - 1; cut >= 0; cut -= 1) {
    const value = fives[cut]!
    sum += value
    squares += value * value
    const left = count - cut
    if (left < 5) continue
    const error = (squares - (sum * sum) / left) / (left * left)
    if (error <= least) {
      least = error
      best = cut
    }
  }
  return best * 2 > count ? null : best * 5
}
