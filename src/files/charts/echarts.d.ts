/** One file instead of five hundred: it loads in a tenth of a second, the modules in one and a half. */
declare module 'echarts/dist/echarts.esm.min.mjs' {
  export * from 'echarts'
}
