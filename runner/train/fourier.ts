/**
 * The discrete Fourier transform in place, Σ_j x_j e^(−2πi jk/N) without a factor in front, N a power of two: the
 * radix-2 algorithm of Cooley and Tukey 1965, https://doi.org/10.2307/2003354. With `re` and `im` exchanged it is the
 * inverse, N times over. Errors grow like log N.
 */
export function fourier(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  if (!(n > 0 && Number.isInteger(Math.log2(n)) && im.length === n))
    throw new RangeError(`fourier: ${n} and ${im.length} numbers, want the same power of two`);
  reverseBits(re, im);
  const cosine = Float64Array.from({ length: n / 2 }, (_, k) => Math.cos((2 * Math.PI * k) / n));
  const sine = Float64Array.from({ length: n / 2 }, (_, k) => -Math.sin((2 * Math.PI * k) / n));
  for (let half = 1; half < n; half *= 2) {
    const stride = n / (2 * half);
    for (let start = 0; start < n; start += 2 * half)
      for (let k = 0; k < half; k++) {
        const low = start + k;
        const high = low + half;
        const c = cosine[k * stride]!;
        const s = sine[k * stride]!;
        const real = re[high]! * c - im[high]! * s;
        const imaginary = re[high]! * s + im[high]! * c;
        re[high] = re[low]! - real;
        im[high] = im[low]! - imaginary;
        re[low]! += real;
        im[low]! += imaginary;
      }
  }
}

function reverseBits(re: Float64Array, im: Float64Array): void {
  for (let at = 1, reversed = 0; at < re.length; at++) {
    let bit = re.length >> 1;
    for (; reversed & bit; bit >>= 1) reversed ^= bit;
    reversed ^= bit;
    if (at >= reversed) continue;
    [re[at], re[reversed]] = [re[reversed]!, re[at]!];
    [im[at], im[reversed]] = [im[reversed]!, im[at]!];
  }
}
