// The event list.
#pragma once
#include "random.h"

// ---- event list: 4-ary heap of 16-byte events, key (time bits, seq), first schedule of a handler replaces the root
typedef struct {
  u64 lo, hi;
} ev; // hi = bits of the time (>= 0), lo = seq<<32 | arg
static ev *H;
static int hn, hole;
static u32 seq;
static u64 hcap;
#define KEY(e) (((u128)(e).hi << 64) | (e).lo)
INLINE void sift_down(int n, ev x) {
  int i = 0;
  u128 kx = KEY(x);
  for (;;) {
    int c = 4 * i + 1;
    if (c >= n) break;
    int m = c;
    u128 km = KEY(H[c]);
    // unused slots up to 3 past the end hold +inf, so no bounds checks
    u128 k1 = KEY(H[c + 1]);
    {
      int l = k1 < km;
      m = l ? c + 1 : m;
      km = l ? k1 : km;
    }
    u128 k2 = KEY(H[c + 2]);
    {
      int l = k2 < km;
      m = l ? c + 2 : m;
      km = l ? k2 : km;
    }
    u128 k3 = KEY(H[c + 3]);
    {
      int l = k3 < km;
      m = l ? c + 3 : m;
      km = l ? k3 : km;
    }
    if (kx <= km) break;
    H[i] = H[m];
    i = m;
  }
  H[i] = x;
}
static void heap_grow(void);
INLINE void push(double t, u32 arg) {
  ev x;
  x.hi = d2b(t);
  x.lo = ((u64)seq++ << 32) | arg;
  if (hole) {
    hole = 0;
    sift_down(hn, x);
    return;
  }
  if ((u64)hn + 8 >= hcap) heap_grow();
  int i = hn++;
  u128 kx = KEY(x);
  while (i > 0) {
    int p = (i - 1) >> 2;
    if (KEY(H[p]) <= kx) break;
    H[i] = H[p];
    i = p;
  }
  H[i] = x;
}
static const ev EV_INF = {~0ull, ~0ull};
INLINE void fill_hole(void) {
  ev x = H[--hn];
  H[hn] = EV_INF;
  hole = 0;
  if (hn) sift_down(hn, x);
}
static void heap_init(u64 cap) {
  H = (ev *)((u8 *)alloc((cap + 16) * sizeof(ev)) + 48);
  hcap = cap;
  for (u64 i = 0; i < cap + 8; i++) H[i] = EV_INF;
  hn = 0;
  seq = 0;
  hole = 0;
}
static void heap_grow(void) {
  ev *o = H;
  int n = hn;
  u64 c = hcap * 2;
  u32 s = seq;
  heap_init(c);
  for (int i = 0; i < n; i++) H[i] = o[i];
  hn = n;
  seq = s;
}

// growable ring of doubles
typedef struct {
  double *a;
  u32 cap, head, n;
} ring;
static void ring_init(ring *q, u32 cap) {
  q->a = alloc(cap * 8ull);
  q->cap = cap;
  q->head = q->n = 0;
}
static void ring_grow(ring *q) {
  double *o = q->a;
  u32 c = q->cap;
  q->a = alloc(c * 16ull);
  for (u32 i = 0; i < q->n; i++) q->a[i] = o[(q->head + i) & (c - 1)];
  q->head = 0;
  q->cap = c * 2;
}
INLINE void ring_push(ring *q, double v) {
  if (q->n == q->cap) ring_grow(q);
  q->a[(q->head + q->n++) & (q->cap - 1)] = v;
}
INLINE double ring_pop(ring *q) {
  double v = q->a[q->head];
  q->head = (q->head + 1) & (q->cap - 1);
  q->n--;
  return v;
}
