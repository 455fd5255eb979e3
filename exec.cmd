@rem `npm start` makes way for the server by `exec`, so that signals reach it. Windows knows no exec: here it runs what follows.
@%*
