"""PP-OCRv4's text recogniser as a torch module, and its head for digits.

The ONNX graph is walked node by node and its weights are parameters, so that what follows a cut can be trained while all
before it stays as it is. The head for digits is a copy of everything after CUT whose last layer keeps twelve rows.
"""
import numpy as np, onnx, torch
import torch.nn as nn, torch.nn.functional as F
from onnx import helper, numpy_helper

# Between the convolutions, which stay, and the attention layers, which are trained; one column for eight pixels.
CUT = 'p2o.AveragePool.1'
SYMBOLS = '/0123456789'
BLANK = 11
LAST_WEIGHT, LAST_BIAS = 'linear_85__w_0', 'linear_85__b_0'


class Recogniser(nn.Module):
    def __init__(self, path):
        super().__init__()
        self.graph = onnx.load(path).graph
        self.consts, self.names, self.params = {}, {}, nn.ParameterDict()
        for i in self.graph.initializer:
            self.consts[i.name] = torch.from_numpy(numpy_helper.to_array(i).copy())
        for n in self.graph.node:
            if n.op_type == 'Constant':
                self.consts[n.output[0]] = torch.from_numpy(numpy_helper.to_array(helper.get_attribute_value(n.attribute[0])).copy())
        for name, t in self.consts.items():
            if t.dtype == torch.float32 and t.numel() > 1:
                self.names[name] = key = name.replace('.', '__')
                # Running means and variances of batch normalisation are no weights.
                self.params[key] = nn.Parameter(t, requires_grad=not name.endswith(('w_1', 'w_2')))
        self.nodes = [(n.op_type, list(n.input), list(n.output), {a.name: helper.get_attribute_value(a) for a in n.attribute})
                      for n in self.graph.node if n.op_type != 'Constant']

    def value(self, env, name):
        if name in env: return env[name]
        return self.params[self.names[name]] if name in self.names else self.consts[name]

    def known(self, env, name):
        return name == '' or name in env or name in self.names or name in self.consts

    def forward(self, x, start=None):
        """Logits for pictures, or for what stands at `start`; nodes whose inputs lie before it are passed over."""
        env = {start or self.graph.input[0].name: x}
        for op, ins, outs, at in self.nodes:
            if op == 'Softmax' and outs[0] == self.graph.output[0].name: return env[ins[0]]
            if outs[0] in env or not all(self.known(env, i) for i in ins): continue
            env[outs[0]] = run(op, [self.value(env, i) if i else None for i in ins], at)


def run(op, v, at):
    x = v[0]
    if op == 'Conv':
        p = at.get('pads', [0, 0, 0, 0])
        if p[0] != p[2] or p[1] != p[3]: x, pad = F.pad(x, (p[1], p[3], p[0], p[2])), 0
        else: pad = (p[0], p[1])
        return F.conv2d(x, v[1], v[2] if len(v) > 2 else None, tuple(at.get('strides', [1, 1])), pad,
                        tuple(at.get('dilations', [1, 1])), at.get('group', 1))
    if op == 'BatchNormalization': return F.batch_norm(x, v[3], v[4], v[1], v[2], False, 0.0, at.get('epsilon', 1e-5))
    if op == 'Mul': return x*v[1]
    if op == 'Add': return x + v[1]
    if op == 'Sub': return x - v[1]
    if op == 'Div': return x/v[1]
    if op == 'Pow': return x**v[1]
    if op == 'Sqrt': return torch.sqrt(x)
    if op == 'Clip': return torch.clamp(x, at.get('min', None if len(v) < 2 or v[1] is None else float(v[1])),
                                        at.get('max', None if len(v) < 3 or v[2] is None else float(v[2])))
    if op == 'Cast': return x.to({1: torch.float32, 6: torch.int32, 7: torch.int64}[at['to']])
    if op == 'MatMul': return torch.matmul(x, v[1])
    if op == 'ReduceMean': return x.mean(tuple(at['axes']), keepdim=bool(at.get('keepdims', 1)))
    if op == 'Transpose': return x.permute(at['perm'])
    if op == 'Sigmoid': return torch.sigmoid(x)
    if op == 'Relu': return F.relu(x)
    if op == 'HardSigmoid': return torch.clamp(x*at.get('alpha', 0.2) + at.get('beta', 0.5), 0, 1)
    if op == 'Softmax': return F.softmax(x, at.get('axis', -1))
    if op == 'GlobalAveragePool': return x.mean((2, 3), keepdim=True)
    if op == 'AveragePool': return F.avg_pool2d(x, tuple(at['kernel_shape']), tuple(at['strides']), tuple(at.get('pads', [0]*4)[:2]),
                                                count_include_pad=bool(at.get('count_include_pad', 0)))
    if op == 'Concat': return torch.cat(v, at['axis'])
    if op == 'Shape': return torch.tensor(x.shape, dtype=torch.int64)
    if op == 'Squeeze':
        for a in sorted(at['axes'], reverse=True): x = x.squeeze(a)
        return x
    if op == 'Reshape': return x.reshape([int(k) if int(k) else x.shape[i] for i, k in enumerate(v[1])])
    if op == 'Slice':
        starts, ends, axes = (at.get(k) or v[i].tolist() for i, k in ((1, 'starts'), (2, 'ends'), (3, 'axes')))
        for s, e, a in zip(starts, ends, axes):
            n = x.shape[a]
            s, e = max(0, s + n if s < 0 else s), min(n, e + n if e < 0 else e)
            x = x.narrow(a, s, e - s)
        return x
    raise NotImplementedError(op)


def digit_head(path, keys):
    """The whole recogniser with its last layer cut down to slash, digits and blank; it starts from what it knew of them."""
    characters = [''] + open(keys, encoding='utf8').read().rstrip('\n').split('\n') + [' ']
    net = Recogniser(path)
    rows = [characters.index(c) for c in SYMBOLS] + [0]
    net.params[LAST_WEIGHT] = nn.Parameter(net.params[LAST_WEIGHT].data[:, rows].clone())
    net.params[LAST_BIAS] = nn.Parameter(net.params[LAST_BIAS].data[rows].clone())
    return net.eval()


def picture(strip):
    """H x W x 3, RGB bytes, to what the network takes."""
    return strip[..., ::-1].transpose(2, 0, 1)[None].astype(np.float32)/127.5 - 1
