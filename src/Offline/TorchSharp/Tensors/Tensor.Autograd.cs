// Gradients: what requires them, computing them, reading and setting them.
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public bool requires_grad
        {
            get => Bridge.gti_requires_grad(Handle) > 0;
            set
            {
                Bridge.Checked(Bridge.gti_set_requires_grad(Handle, value ? 1 : 0));
                GC.KeepAlive(this);
            }
        }

        public bool is_leaf => Bridge.gti_is_leaf(Handle) > 0;

        public unsafe Tensor? grad
        {
            get
            {
                nint found;
                Bridge.Checked(Bridge.gti_grad(Handle, &found));
                GC.KeepAlive(this);
                return found == 0 ? null : new Tensor(found);
            }
            set
            {
                Bridge.Checked(Bridge.gti_set_grad(Handle, value?.Handle ?? 0));
                GC.KeepAlive(this);
                GC.KeepAlive(value);
            }
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        public void retain_grad()
        {
            Bridge.Checked(Bridge.gti_retain_grad(Handle));
            GC.KeepAlive(this);
        }

        public void backward() => autograd.backward(this);

        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);
    }

    public static class autograd
    {
        public static unsafe void backward(IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null)
        {
            nint[] outputs = Handles(tensors), gradients = Handles(grad_tensors), leaves = Handles(inputs);
            fixed (nint* o = outputs, g = gradients, l = leaves)
            {
                Bridge.Checked(Bridge.gti_backward(o, outputs.Length, g, gradients.Length, Flag(retain_graph), create_graph ? 1 : 0, l, leaves.Length));
            }

            GC.KeepAlive(tensors);
            GC.KeepAlive(grad_tensors);
            GC.KeepAlive(inputs);
        }

        public static void backward(Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        public static void backward(Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        public static unsafe IList<Tensor> grad(IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            nint[] from = Handles(outputs), to = Handles(inputs), gradients = Handles(grad_outputs);
            var into = new nint[to.Length];
            fixed (nint* o = from, i = to, g = gradients, r = into)
            {
                Bridge.Checked(Bridge.gti_autograd_grad(o, from.Length, i, to.Length, g, gradients.Length, retain_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0, r));
            }

            GC.KeepAlive(outputs);
            GC.KeepAlive(inputs);
            GC.KeepAlive(grad_outputs);
            return Array.ConvertAll(into, handle => handle == 0 ? null! : new Tensor(handle));
        }

        public static AnomalyMode detect_anomaly(bool check_nan = true) => new(true, check_nan);
        public static AnomalyMode set_detect_anomaly(bool mode, bool check_nan = true) => new(mode, check_nan);

        private static nint[] Handles(IList<Tensor>? tensors) => tensors is null ? [] : tensors.Select(tensor => tensor.Handle).ToArray();

        private static int Flag(bool? value) => value is null ? -1 : value.Value ? 1 : 0;
    }

    public static IDisposable no_grad() => new GradMode(false);
    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);
    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);
    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);
    public static bool is_grad_enabled() => Bridge.gti_grad_enabled() != 0;
    public static bool is_inference_mode_enabled() => Bridge.gti_inference_enabled() != 0;

    /// <summary>Grad mode until disposed; LibTorch keeps it per thread.</summary>
    private sealed class GradMode : IDisposable
    {
        private readonly int _before = Bridge.gti_grad_enabled();

        internal GradMode(bool enabled) => Bridge.gti_set_grad_enabled(enabled ? 1 : 0);

        public void Dispose() => Bridge.gti_set_grad_enabled(_before);
    }

    private sealed class InferenceMode(bool enabled) : IDisposable
    {
        private nint _mode = Bridge.Checked(Bridge.gti_inference_begin(enabled ? 1 : 0));

        public void Dispose()
        {
            if (_mode == 0) return;
            Bridge.gti_inference_end(_mode);
            _mode = 0;
        }
    }
}

/// <summary>Anomaly detection until disposed.</summary>
public class AnomalyMode : IDisposable
{
    private readonly bool _before = IsEnabled;

    public AnomalyMode(bool enabled, bool check_nan = true) => Bridge.gti_set_anomaly_enabled(enabled ? 1 : 0);

    public static bool IsEnabled => Bridge.gti_anomaly_enabled() != 0;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => Bridge.gti_set_anomaly_enabled(_before ? 1 : 0);
}
