import * as C from '../../../../../machine/assembly/memory'
import { addF, cell, get, getF, set, setF } from '../../../../../machine/assembly/memory'
import { datumOf, signalOf } from '../../../../../machine/assembly/events'
import { draw, record } from '../../../../../machine/assembly/figures'
import { reserve } from '../../../../../machine/assembly/imports'
import { BORN, create, NEXT, next, release, schedule, SINCE } from './happening'

/** W1 to W3: the steps of ../../kernel-stations.ts. */

/** A station's record: delivered and refused; then integers: first and last that wait, who is served, how many wait, draw of services, histogram of waits. */
const DELIVERED: i32 = 0
const REFUSED: i32 = 1
const FIRST: i32 = 4
const LAST: i32 = 5
const SERVED: i32 = 6
const WAITING: i32 = 7
const SERVICE: i32 = 8
const WAITS: i32 = 9
const STATION: i32 = 5

const ARRIVE: i32 = 0
const SERVE: i32 = 1

let stations: i32 = 0
let count: i32 = 0
let arrival: i32 = 0
let queueMax: i32 = 0
let done: i32 = 0

/** So many stations with queues of at most so many, and the record of the draw of gaps between arrivals; schedules the first one. */
export function beginStations(some: i32, most: i32, gaps: i32): void {
  stations = reserve(some * STATION)
  count = some
  queueMax = most
  arrival = gaps
  scheduleArrival()
}

/** Records of a station's draw of services and of its histogram. */
export function setStation(number: i32, service: i32, waits: i32): void {
  const station = stations + number * STATION
  set(station, SERVICE, service)
  set(station, WAITS, waits)
}

/** Share of refused messages. */
export function refusedShare(): f64 {
  let refused: f64 = 0
  let all: f64 = 0
  for (let station = stations; station < stations + count * STATION; station += STATION) {
    refused += getF(station, REFUSED)
    all += getF(station, REFUSED) + getF(station, DELIVERED)
  }
  return refused / all
}

/** Goes on until so many messages are done, for at most so many events; how many are. */
export function single(messages: i32, budget: i32): i32 {
  while (done < messages && budget > 0) {
    budget -= 1
    if (signalOf(next()) == ARRIVE) {
      scheduleArrival()
      enter(stations, 0, create())
    } else {
      release(leave(stations, 0))
      done += 1
    }
  }
  return done
}

/** The same for stations in series; `whole` is the histogram of times from birth to the end. */
export function series(messages: i32, budget: i32, whole: i32): i32 {
  while (done < messages && budget > 0) {
    budget -= 1
    const event = next()
    let number = 0
    let message: i32
    if (signalOf(event) == ARRIVE) {
      scheduleArrival()
      message = create()
    } else {
      number = <i32>datumOf(event)
      message = leave(stations + number * STATION, number)
      number += 1
    }
    if (number < count) enter(stations + number * STATION, number, message)
    else {
      record(whole, 0, cell(C.NOW) - getF(message, BORN))
      release(message)
      done += 1
    }
  }
  return done
}

/** The same for stations side by side, each of which gets a copy of what arrives. */
export function fanOut(messages: i32, budget: i32): i32 {
  while (done < messages && budget > 0) {
    budget -= 1
    const event = next()
    if (signalOf(event) == ARRIVE) {
      scheduleArrival()
      for (let number = 0; number < count; number += 1) enter(stations + number * STATION, number, create())
    } else {
      const number = <i32>datumOf(event)
      release(leave(stations + number * STATION, number))
      done += 1
    }
  }
  return done
}

function scheduleArrival(): void {
  schedule(draw(arrival), 0, ARRIVE, 0)
}

@inline
function enter(station: i32, number: i32, message: i32): void {
  if (get(station, SERVED) == 0) {
    serve(station, number, message, 0)
    return
  }
  const waiting = get(station, WAITING)
  if (waiting == queueMax) {
    addF(station, REFUSED, 1)
    release(message)
    return
  }
  setF(message, SINCE, cell(C.NOW))
  if (waiting == 0) set(station, FIRST, message)
  else set(get(station, LAST), NEXT, message)
  set(station, LAST, message)
  set(station, WAITING, waiting + 1)
}

/** Ends the service at a station and begins the next one; who was served. */
@inline
function leave(station: i32, number: i32): i32 {
  const served = get(station, SERVED)
  addF(station, DELIVERED, 1)
  const waiting = get(station, WAITING)
  if (waiting == 0) set(station, SERVED, 0)
  else {
    const message = get(station, FIRST)
    set(station, FIRST, get(message, NEXT))
    set(station, WAITING, waiting - 1)
    serve(station, number, message, cell(C.NOW) - getF(message, SINCE))
  }
  return served
}

/** Begins a service after a wait. */
@inline
function serve(station: i32, number: i32, message: i32, wait: f64): void {
  record(get(station, WAITS), 0, wait)
  set(station, SERVED, message)
  schedule(draw(get(station, SERVICE)), number + 1, SERVE, <f64>number)
}
