"""The heads' labels, and the best chain of them. What heads score is heads.py's."""
import numpy as np

NO_LABEL = -1
TAGS = {
    # R: a content goes on behind its source or cue.
    'attribution': ['O', 'B-source', 'I-source', 'B-cue', 'I-cue', 'B-content', 'I-content',
                    'R-content'],
    'roles': ['O', 'B-actor', 'I-actor', 'B-recipient', 'I-recipient', 'B-related', 'I-related'],
}
CLASSES = ['statement', 'verbal cooperation', 'material cooperation', 'verbal conflict',
           'material conflict']
TYPES = ['ACCUSE', 'AGREE', 'AID', 'ASSAULT', 'COERCE', 'CONCEDE', 'CONSULT', 'COOPERATE',
         'MOBILIZE', 'PROTEST', 'REJECT', 'REQUEST', 'RETREAT', 'SANCTION', 'SUPPORT', 'THREATEN']
SENTENCES = {'classes': CLASSES, 'types': TYPES}
FORBIDDEN = -1e4


def forbidden(labels):
    """[K, K]: from each label to each, 0 or FORBIDDEN. I-x stands behind B-x, I-x or R-x only."""
    return np.array([[FORBIDDEN if b.startswith('I-') and a[2:] != b[2:] else 0 for b in labels]
                     for a in labels], np.float32)


def decode(labels, transitions, scores):
    """The best chain of one document, [T, K] scores (Viterbi). It starts with no I- or R-."""
    moves = transitions + forbidden(labels)
    best = scores[0] + np.array([FORBIDDEN if x[0] in 'IR' else 0 for x in labels])
    back = np.zeros((len(scores), len(labels)), np.int32)
    for t in range(1, len(scores)):
        ways = best[:, None] + moves
        back[t] = ways.argmax(0)
        best = ways.max(0) + scores[t]
    chain = [int(best.argmax())]
    for t in range(len(scores) - 1, 0, -1):
        chain.append(int(back[t, chain[-1]]))
    return chain[::-1]
