// The limit: the contest's four workloads, each written by hand, with nothing that it does not need. The rules are in workload.ts.
// Each owns an event list (4-ary heap) ordered by time and number, a 64-bit generator for each random process with ziggurat sampling,
// and histograms with 64 buckets an octave. Built with clang or gcc -O3 -march=native; prints one line of JSON.
#include "events.h"

// ---- results
typedef struct {
  u64 messages, events;
  double mean, p99, aux1, aux2, tend;
} res;
static res R;

// ================= W1: M/M/1
static void w1(u64 N, u32 seed) {
  rng ra, rs;
  rng_seed(&ra, seed, 1);
  rng_seed(&rs, seed, 2);
  ring q;
  ring_init(&q, 64);
  hist *h = alloc(sizeof(hist));
  heap_init(64);
  u64 ev_n = 0, done = 0;
  int busy = 0;
  double now = 0;
  push(rexp(&ra) * 1.25, 0);
  while (done < N) {
    ev e = H[0];
    now = b2d(e.hi);
    hole = 1;
    ev_n++;
    switch ((u32)e.lo) {
    case 0:
      push(now + rexp(&ra) * 1.25, 0);
      if (!busy) {
        busy = 1;
        hrec(h, 0.0);
        push(now + rexp(&rs), 1);
      } else ring_push(&q, now);
      break;
    case 1:
      done++;
      if (q.n) {
        double a = ring_pop(&q);
        hrec(h, now - a);
        push(now + rexp(&rs), 1);
      } else busy = 0;
      break;
    }
    if (hole) fill_hole();
  }
  R.messages = done;
  R.events = ev_n;
  R.mean = h->sum / h->n;
  R.p99 = hq(h, .99);
  R.tend = now;
  R.aux1 = R.aux2 = 0;
}
// ================= W2: tandem of 10 M/M/1
typedef struct {
  double born, enq;
  u32 next, pad;
} msg2;
static msg2 *P2;
static u32 p2cap, p2n, p2free;
static u32 m2_alloc(void) {
  if (p2free != ~0u) {
    u32 m = p2free;
    p2free = P2[m].next;
    return m;
  }
  if (p2n == p2cap) {
    msg2 *o = P2;
    P2 = alloc((u64)p2cap * 2 * sizeof(msg2));
    for (u32 i = 0; i < p2cap; i++) P2[i] = o[i];
    p2cap *= 2;
  }
  return p2n++;
}
static void w2(u64 N, u32 seed) {
  enum { S = 10 };
  rng ra, rs[S];
  rng_seed(&ra, seed, 1);
  for (int i = 0; i < S; i++) rng_seed(&rs[i], seed, 2 + i);
  P2 = alloc(1024 * sizeof(msg2));
  p2cap = 1024;
  p2n = 0;
  p2free = ~0u;
  u32 head[S], tail[S], cur[S];
  for (int i = 0; i < S; i++) head[i] = tail[i] = cur[i] = ~0u;
  hist *h = alloc(sizeof(hist)), *hw = alloc(sizeof(hist) * S);
  heap_init(64);
  u64 ev_n = 0, done = 0;
  double now = 0;
  push(rexp(&ra) * 1.25, 0);
  while (done < N) {
    ev e = H[0];
    now = b2d(e.hi);
    hole = 1;
    ev_n++;
    u32 op = (u32)e.lo;
    u32 st, m;
    if (op == 0) {
      push(now + rexp(&ra) * 1.25, 0);
      m = m2_alloc();
      P2[m].born = now;
      st = 0;
    } else {
      st = op - 1;
      m = cur[st];
      u32 nx = head[st];
      if (nx != ~0u) {
        head[st] = P2[nx].next;
        if (head[st] == ~0u) tail[st] = ~0u;
        cur[st] = nx;
        hrec(&hw[st], now - P2[nx].enq);
        push(now + rexp(&rs[st]), op);
      } else cur[st] = ~0u;
      st++;
    }
    if (st == S) {
      done++;
      hrec(h, now - P2[m].born);
      P2[m].next = p2free;
      p2free = m;
    } else if (cur[st] == ~0u) {
      cur[st] = m;
      hrec(&hw[st], 0.0);
      push(now + rexp(&rs[st]), st + 1);
    } else {
      P2[m].enq = now;
      P2[m].next = ~0u;
      if (tail[st] == ~0u) head[st] = m;
      else P2[tail[st]].next = m;
      tail[st] = m;
    }
    if (hole) fill_hole();
  }
  R.messages = done;
  R.events = ev_n;
  R.mean = h->sum / h->n;
  R.p99 = hq(h, .99);
  R.tend = now;
  R.aux1 = hw[9].sum / hw[9].n;
  R.aux2 = 0;
}
// ================= W3: fan-out to 100 bounded subscribers
static void w3(u64 N, u32 seed) {
  enum { S = 100, CAP = 16 };
  rng ra, *rs = alloc(sizeof(rng) * S);
  rng_seed(&ra, seed, 1);
  for (int i = 0; i < S; i++) rng_seed(&rs[i], seed, 2 + i);
  double (*q)[CAP] = alloc(sizeof(double) * S * CAP);
  u8 *qh = alloc(S), *qn = alloc(S), *busy = alloc(S);
  hist *h = alloc(sizeof(hist));
  u64 *dl = alloc(8 * S), *drops = alloc(8 * S);
  heap_init(256);
  u64 ev_n = 0, done = 0, pubs = 0;
  double now = 0;
  push(rexp(&ra) * 1.25, 0);
  while (done < N) {
    ev e = H[0];
    now = b2d(e.hi);
    hole = 1;
    ev_n++;
    u32 op = (u32)e.lo;
    if (op == 0) {
      push(now + rexp(&ra) * 1.25, 0);
      pubs++;
      for (int i = 0; i < S; i++) {
        if (!busy[i]) {
          busy[i] = 1;
          hrec(h, 0.0);
          push(now + rexp(&rs[i]), i + 1);
        } else if (qn[i] < CAP) {
          q[i][(qh[i] + qn[i]) & (CAP - 1)] = now;
          qn[i]++;
        } else drops[i]++;
      }
    } else {
      int i = op - 1;
      done++;
      dl[i]++;
      if (qn[i]) {
        double a = q[i][qh[i]];
        qh[i] = (qh[i] + 1) & (CAP - 1);
        qn[i]--;
        hrec(h, now - a);
        push(now + rexp(&rs[i]), op);
      } else busy[i] = 0;
    }
    if (hole) fill_hole();
  }
  u64 dr = 0;
  for (int i = 0; i < S; i++) dr += drops[i];
  R.messages = done;
  R.events = ev_n;
  R.mean = h->sum / h->n;
  R.p99 = hq(h, .99);
  R.tend = now;
  R.aux1 = (double)dr / (100.0 * pubs);
  R.aux2 = pubs;
}
// ================= W4: 4 producers -> queue -> 16 competing consumers, prefetch 10, 5% nack+requeue
typedef struct {
  double born;
  u32 id, next;
  u32 rk, tenant;
  u8 attempt, redelivered, ctype, prio;
} msg4;
static msg4 *P4;
static u32 p4cap, p4n, p4free;
static u32 m4_alloc(void) {
  if (p4free != ~0u) {
    u32 m = p4free;
    p4free = P4[m].next;
    return m;
  }
  if (p4n == p4cap) {
    msg4 *o = P4;
    P4 = alloc((u64)p4cap * 2 * sizeof(msg4));
    for (u32 i = 0; i < p4cap; i++) P4[i] = o[i];
    p4cap *= 2;
  }
  return p4n++;
}
enum { PUBL = 0, ENQ = 1, RECV = 2, DONE = 3, ACK = 4, NACK = 5 };
#define A4(op, c, m) (((u32)(op) << 29) | ((u32)(c) << 24) | (m))
#define LAT 0.02
static u32 q4h, q4t, q4n, rr4;
static u32 unacked[16];
static double qint, qlast;
INLINE void dispatch4(double now) {
  while (q4h != ~0u) {
    u32 c = rr4, k = 0;
    while (k < 16 && unacked[c] >= 10) {
      c = (c + 1) & 15;
      k++;
    }
    if (k == 16) return;
    rr4 = (c + 1) & 15;
    unacked[c]++;
    u32 m = q4h;
    q4h = P4[m].next;
    if (q4h == ~0u) q4t = ~0u;
    qint += (now - qlast) * q4n;
    qlast = now;
    q4n--;
    push(now + LAT, A4(RECV, c, m));
  }
}
static void w4(u64 N, u32 seed) {
  rng rp[4], rc[16];
  for (int i = 0; i < 4; i++) rng_seed(&rp[i], seed, 1 + i);
  for (int i = 0; i < 16; i++) rng_seed(&rc[i], seed, 100 + i);
  P4 = alloc(4096 * sizeof(msg4));
  p4cap = 4096;
  p4n = 0;
  p4free = ~0u;
  q4h = q4t = ~0u;
  q4n = 0;
  rr4 = 0;
  qint = qlast = 0;
  u32 lb[16][16], lh[16] = {0}, ln[16] = {0}, busy[16] = {0};
  for (int i = 0; i < 16; i++) unacked[i] = 0;
  hist *h = alloc(sizeof(hist));
  u64 handled[16] = {0}, rkc[8] = {0};
  heap_init(4096);
  u64 ev_n = 0, done = 0, redel = 0;
  double now = 0;
  u32 id = 0;
  for (int i = 0; i < 4; i++) push(rexp(&rp[i]) * (1.0 / 3.5), A4(PUBL, i, 0));
  while (done < N) {
    ev e = H[0];
    now = b2d(e.hi);
    hole = 1;
    ev_n++;
    u32 a = (u32)e.lo, c = (a >> 24) & 31, m = a & 0xffffff;
    switch (a >> 29) {
    case PUBL: {
      push(now + rexp(&rp[c]) * (1.0 / 3.5), a);
      u32 x = m4_alloc();
      msg4 *p = &P4[x];
      p->born = now;
      p->id = id++;
      p->rk = p->id & 7;
      p->tenant = p->id & 15;
      p->attempt = 0;
      p->redelivered = 0;
      p->ctype = 1;
      p->prio = 0;
      push(now + LAT, A4(ENQ, c, x));
      break;
    }
    case ENQ:
      rkc[P4[m].rk]++;
      P4[m].next = ~0u;
      if (q4t == ~0u) q4h = m;
      else P4[q4t].next = m;
      q4t = m;
      qint += (now - qlast) * q4n;
      qlast = now;
      q4n++;
      dispatch4(now);
      break;
    case RECV:
      if (!busy[c]) {
        busy[c] = 1;
        push(now + rexp(&rc[c]), A4(DONE, c, m));
      } else {
        lb[c][(lh[c] + ln[c]) & 15] = m;
        ln[c]++;
      }
      break;
    case DONE: {
      handled[c]++;
      int nack = runi(&rc[c]) < 0.05;
      push(now + LAT, A4(nack ? NACK : ACK, c, m));
      if (ln[c]) {
        u32 x = lb[c][lh[c]];
        lh[c] = (lh[c] + 1) & 15;
        ln[c]--;
        push(now + rexp(&rc[c]), A4(DONE, c, x));
      } else busy[c] = 0;
      break;
    }
    case ACK:
      unacked[c]--;
      done++;
      hrec(h, now - P4[m].born);
      P4[m].next = p4free;
      p4free = m;
      dispatch4(now);
      break;
    case NACK:
      unacked[c]--;
      redel++;
      P4[m].redelivered = 1;
      P4[m].attempt++;
      P4[m].next = q4h;
      q4h = m;
      if (q4t == ~0u) q4t = m;
      qint += (now - qlast) * q4n;
      qlast = now;
      q4n++;
      dispatch4(now);
      break;
    }
    if (hole) fill_hole();
  }
  R.messages = done;
  R.events = ev_n;
  R.mean = h->sum / h->n;
  R.p99 = hq(h, .99);
  R.tend = now;
  R.aux1 = (double)redel / (redel + done);
  R.aux2 = qint / now;
}
static void run(int w, double N, u32 seed) {
  zig_init();
  u64 n = (u64)N;
  switch (w) {
  case 1: w1(n, seed); break;
  case 2: w2(n, seed); break;
  case 3: w3(n, seed); break;
  default: w4(n, seed);
  }
}
static double user_s(void) {
  struct rusage u;
  getrusage(RUSAGE_SELF, &u);
  return u.ru_utime.tv_sec + u.ru_utime.tv_usec * 1e-6;
}
int main(int argc, char **argv) {
  const char *w = argc > 1 ? argv[1] : "W1";
  double N = argc > 2 ? atof(argv[2]) : 1e6;
  u32 seed = argc > 3 ? (u32)atoi(argv[3]) : 1;
  int wi = w[1] - '0';
  run(wi, N / 20, seed + 1); // warm-up
  double u0 = user_s();
  run(wi, N, seed);
  double u1 = user_s();
  printf("{\"messages\":%.0f,\"events\":%.0f,\"userSeconds\":%.6f,\"mean\":%.17g,\"p99\":%.17g,\"share\":%.17g}\n", (double)R.messages,
         (double)R.events, u1 - u0, R.mean, R.p99, R.aux1);
  return 0;
}
