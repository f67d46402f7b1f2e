import { answerScreens } from 'hedgerow/pairs';

answerScreens(self);
