/** Words that the commonest passwords of twelve and more characters are made of, longest lists first seen in public breach statistics. */
export const commonWords: readonly string[] = `
  password passwort passwd pass word parol haslo contrasena motdepasse senha
  welcome letmein login signin access admin administrator root user guest test testing demo default temp temporary change changeme changeit
  secret master super superman batman spiderman pokemon starwars dragon monkey shadow sunshine princess football baseball basketball soccer
  hockey liverpool chelsea arsenal barcelona juventus iloveyou love lovely loveyou forever together friend friends family mother father
  hello world goodmorning whatever trustno one nothing something anything everything computer internet google facebook microsoft windows
  samsung apple iphone android linkedin myspace twitter instagram youtube amazon
  qwerty qwertz azerty asdf asdfgh zxcv zxcvbn qaz wsx edc
  january february march april may june july august september october november december
  monday tuesday wednesday thursday friday saturday sunday spring summer autumn fall winter
  company office support service helpdesk chat porchlight server manager owner operator agent
  the and my is you me for new old this that not
  michael jessica ashley jennifer charlie jordan michelle daniel andrew joshua matthew thomas robert anthony william
  money lucky diamond freedom flower butterfly chocolate cookie cheese banana orange purple silver golden ginger pepper
  correcthorsebatterystaple
`
  .trim()
  .split(/\s+/)
