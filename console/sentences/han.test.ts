import { expect, test } from "vitest";
import { zhHans } from "./zh-hans.ts";

test("A Chinese sentence has a space beside a Latin name, and none beside a Chinese one", () => {
  expect(zhHans.assigned("我", "我")).toBe("我接手了此对话");
  expect(zhHans.assigned("我", undefined)).toBe("我取消了分配");
  expect(zhHans.assigned("Mara", "王芳")).toBe("Mara 将此对话分配给了王芳");
  expect(zhHans.assigned("王芳", "Mara")).toBe("王芳将此对话分配给了 Mara");
  expect(zhHans.tagged("我", "退款 申请, VIP", "")).toBe("我添加了标签退款 申请, VIP");
  expect(zhHans.noteLabel("Priya")).toBe("内部备注，Priya 不会看到。");
  expect(zhHans.sendTo("林晓")).toBe("发送给林晓");
  expect(zhHans.waiting("5 分钟")).toBe("已等待 5 分钟");
});
