// Random streams, and the histogram.
#pragma once
#include <stdint.h>
typedef uint64_t u64;
typedef uint32_t u32;
typedef uint8_t u8;
typedef unsigned __int128 u128;
#define INLINE static inline __attribute__((always_inline))
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
static void *alloc(u64 n) {
  void *p;
  n = (n + 63) & ~63ull;
  if (posix_memalign(&p, 64, n)) abort();
  memset(p, 0, n);
  return p;
}

INLINE u64 d2b(double d) {
  u64 b;
  __builtin_memcpy(&b, &d, 8);
  return b;
}
INLINE double b2d(u64 b) {
  double d;
  __builtin_memcpy(&d, &b, 8);
  return d;
}

// ---- log and exp from + - * / only
static double dlog(double x) {
  u64 b = d2b(x);
  int e = (int)(b >> 52) - 1023;
  double m = b2d((b & 0xfffffffffffffull) | 0x3ff0000000000000ull);
  if (m > 1.4142135623730951) {
    m *= 0.5;
    e++;
  }
  double s = (m - 1) / (m + 1), z = s * s;
  double p = 0.07692307692307693 + z * 0.06666666666666667; // atanh series 1/13, 1/15
  p = 0.09090909090909091 + z * p;
  p = 0.1111111111111111 + z * p;
  p = 0.14285714285714285 + z * p;
  p = 0.2 + z * p;
  p = 0.3333333333333333 + z * p;
  return e * 0.6931471805599453 + (2 * s + 2 * s * z * p);
}
static double dexp(double x) { // x <= 0, used for table set-up only
  int k = (int)(x * 1.4426950408889634 - 0.5);
  double r = x - k * 0.6931471805599453, t = 1, y = 1;
  for (int i = 1; i < 18; i++) {
    t = t * r / i;
    y += t;
  }
  double f = 1;
  int n = k < 0 ? -k : k;
  for (int i = 0; i < n; i++) f *= 0.5;
  return k < 0 ? y * f : y;
}

static double EC[16];          // e^-k
INLINE double fexp(double x) { // x in (0, 15): returns e^-x
  int k = (int)x;
  double r = k - x;
  double p = 1.6059043836821613e-10;
  p = 2.08767569878681e-9 + r * p;
  p = 2.505210838544172e-8 + r * p;
  p = 2.755731922398589e-7 + r * p;
  p = 0.0000027557319223985893 + r * p;
  p = 0.0000248015873015873 + r * p;
  p = 0.0001984126984126984 + r * p;
  p = 0.001388888888888889 + r * p;
  p = 0.008333333333333333 + r * p;
  p = 0.041666666666666664 + r * p;
  p = 0.16666666666666666 + r * p;
  p = 0.5 + r * p;
  p = 1 + r * p;
  p = 1 + r * p;
  return EC[k] * p;
}
// ---- PRNG: one independent stream per random process
typedef struct {
  u64 s0, s1, s2, s3;
} rng; // xoshiro256++
INLINE u64 rotl(u64 x, int k) { return (x << k) | (x >> (64 - k)); }
INLINE u64 next64(rng *r) {
  u64 res = rotl(r->s0 + r->s3, 23) + r->s0, t = r->s1 << 17;
  r->s2 ^= r->s0;
  r->s3 ^= r->s1;
  r->s1 ^= r->s2;
  r->s0 ^= r->s3;
  r->s2 ^= t;
  r->s3 = rotl(r->s3, 45);
  return res;
}
static u32 mix32(u32 h) {
  h ^= h >> 16;
  h *= 0x21f0aaad;
  h ^= h >> 15;
  h *= 0x735a2d97;
  h ^= h >> 15;
  return h;
}
static void rng_seed(rng *r, u32 seed, u32 stream) { // stream key -> state, order independent
  u32 h = mix32(seed + 0x9e3779b9), g = mix32(stream * 0x85ebca6b + 0xc2b2ae35);
  r->s0 = ((u64)mix32(h ^ g) << 32) | mix32(h + g);
  r->s1 = ((u64)mix32(h ^ (g + 1)) << 32) | mix32(h + g + 3);
  r->s2 = r->s0 * 0x9e3779b97f4a7c15ull ^ 0x1234567;
  r->s3 = r->s1 * 0xbf58476d1ce4e5b9ull + 99;
  for (int i = 0; i < 16; i++) next64(r);
}

// ---- exponential by ziggurat, 256 layers, 53-bit uniform
static double zw[257], zf[257], zk[256];
static int zig_ready = 0;
#define ZR 7.69711747013104972
static void zig_init(void) {
  if (zig_ready) return;
  zig_ready = 1;
  for (int k = 0; k < 16; k++) EC[k] = dexp(-k);
  double v = 0.0039496598225815571993, x = ZR, f = dexp(-ZR), xs[257];
  xs[0] = v / f;
  xs[1] = x;
  for (int i = 2; i < 256; i++) {
    f = f + v / x;
    x = -dlog(f);
    xs[i] = x;
  }
  xs[256] = 0;
  for (int i = 0; i < 256; i++) {
    zw[i] = xs[i] * 1.1102230246251565e-16;
    zk[i] = xs[i + 1] / xs[i] * 9007199254740992.0;
    zf[i] = dexp(-xs[i]);
  }
  zf[0] = dexp(-ZR);
  zf[256] = 1;
  zw[256] = 0;
  // layer 0: base strip, x up to xs[0], accept below ZR
}
#define DRAW(r, i, u)                                                                                                                      \
  u64 _x = next64(r);                                                                                                                      \
  int i = _x & 255;                                                                                                                        \
  double u = (double)(int64_t)(_x >> 11)
static double __attribute__((noinline)) zig_slow(rng *r, int i, double u) {
  double add = 0;
  for (;;) {
    double x = u * zw[i];
    if (u < zk[i]) return add + x;
    if (i == 0) {
      add += ZR;
    } // tail: exact by memorylessness
    else {
      DRAW(r, j, v);
      (void)j;
      double y = zf[i] + v * 1.1102230246251565e-16 * (zf[i + 1] - zf[i]);
      if (y < fexp(x)) return add + x;
    }
    DRAW(r, i2, u2);
    i = i2;
    u = u2;
  }
}
INLINE double rexp(rng *r) {
  DRAW(r, i, u);
  if (__builtin_expect(u < zk[i], 1)) return u * zw[i];
  return zig_slow(r, i, u);
}
INLINE double runi(rng *r) {
  DRAW(r, i, u);
  (void)i;
  return u * 1.1102230246251565e-16;
}

// ---- streaming histogram: 64 sub-buckets per octave, 2^-20 .. 2^30
#define HB 64
#define HN (50 * HB + 2)
typedef struct {
  u64 n;
  double sum;
  u32 c[HN];
} hist;
INLINE void hrec(hist *h, double x) {
  h->n++;
  h->sum += x;
  int i = (int)(d2b(x) >> 46) - ((1023 - 20) * HB) + 1;
  if (i < 0) i = 0;
  if (i >= HN) i = HN - 1;
  h->c[i]++;
}
static double hq(hist *h, double p) {
  u64 want = (u64)(p * (double)h->n), s = 0;
  for (int i = 0; i < HN; i++) {
    s += h->c[i];
    if (s > want) {
      if (i == 0) return 0;
      u64 b = (u64)(i - 1 + (1023 - 20) * HB) << 46;
      return (b2d(b) + b2d(b + (1ull << 46))) / 2;
    }
  }
  return -1;
}

