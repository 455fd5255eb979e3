import { DAY, HOUR, type Story } from "./story.ts";

/** The same desk in Chinese. */
export const CHINESE: Story[] = [
  {
    visitor: { name: "陈雨桐", email: "yutong@chen.example" },
    locale: "zh-Hans",
    page: ["/zh/", "给动手的人"],
    ago: 12,
    steps: [
      {
        after: 0,
        says: "您好，入门电路套件里少了一个舵机，可以补发吗？订单号 FO-10469。",
        shown: ["套件缺少零件怎么办"],
      },
    ],
  },
  {
    visitor: { name: "王子轩", tier: "Silver", email: "zixuan@wang.example" },
    locale: "zh-Hans",
    page: ["/products/nano-esp32", "Arduino Nano ESP32"],
    ago: 4 * HOUR,
    steps: [
      { after: 0, says: "Nano ESP32 连不上家里的路由器，一直显示超时。" },
      {
        after: 8,
        who: "mara",
        says: "您好！开发板只支持 2.4 GHz 的 Wi-Fi。请看一下路由器是不是只开了 5 GHz。",
        article: "开发板连不上 Wi-Fi",
      },
      { after: 9, who: "mara", tags: ["wifi"] },
      { after: 20, reads: true },
      { after: 25, says: "打开 2.4 GHz 之后连上了，谢谢！" },
      { after: 27, who: "mara", says: "太好了，祝您玩得开心。" },
      { after: 28, who: "mara", resolves: true },
      { after: 30, rates: { solved: true, rating: 5, reasons: ["answer", "wait"], comment: "回复很快，说得也清楚。" } },
    ],
  },
  {
    visitor: { name: "林志豪" },
    locale: "zh-Hans",
    page: ["/orders", "Where is my order?"],
    ago: DAY + 6 * HOUR,
    steps: [
      { after: 0, says: "下单的时候地址写错了，还能改吗？" },
      { after: 3, who: "tomas", says: "可以，包裹还没有寄出。请把新地址发给我们。" },
      { after: 7, says: "新地址：桂花路 18 号 3 单元 502。" },
      { after: 9, who: "tomas", says: "改好了，今晚寄出。" },
      { after: 10, who: "tomas", tags: ["address"] },
      { after: 12, resolves: true },
    ],
  },
];
