import { subjects } from '../support/estimators.js';
import { laws } from '../support/laws.js';
import { type Sample, samples } from './samples.js';

/** What one law says of one subject: nothing, when it holds. */
export interface Verdict {
  readonly subject: string;
  readonly law: string;
  readonly violation?: string;
}

/** All that the page has to tell. */
export interface Report {
  readonly verdicts: readonly Verdict[];
  readonly page: readonly Sample[];
  readonly worker: readonly Sample[];
}

const verdicts = subjects.flatMap((subject) =>
  laws.map((law): Verdict => {
    try {
      law.check(subject);
      return { subject: subject.name, law: law.name };
    } catch (error) {
      return { subject: subject.name, law: law.name, violation: String(error) };
    }
  }),
);

const worker = new Worker('/worker.js', { type: 'module' });
worker.onmessage = ({ data }: MessageEvent<Sample[]>) => {
  const report: Report = { verdicts, page: samples(), worker: data };
  const element = document.createElement('pre');
  element.id = 'report';
  element.textContent = JSON.stringify(report);
  document.body.append(element);
};
