/** BCP 47, without what hardly anybody uses of it: `en`, `zh-Hans`, `pt-BR`. No schema is imported here, so a browser may. */
export const LANGUAGE_TAG = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;
