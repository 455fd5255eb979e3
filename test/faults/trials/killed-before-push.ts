import type { Trial } from "../trial.ts";
import { deadly, dieThere } from "./killed-before-answer.ts";

let place: ReturnType<typeof deadly>;

export const killedBeforePush: Trial = {
  title: "D8 what was acknowledged by a server that died before it told anybody else reaches everybody",
  server() {
    place = deadly("acknowledged");
    return place.options;
  },
  run: (scene) => dieThere(scene, place.armed),
};
