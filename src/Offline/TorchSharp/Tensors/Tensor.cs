// A tensor's life: its handle, its dispose scope, what it is.
using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor : IDisposable
    {
        private static long _totalCount;
        private static long _peakCount;

        internal IntPtr handle;

        internal Tensor(IntPtr handle) : this(handle, register: true) { }

        internal Tensor(IntPtr handle, bool register)
        {
            this.handle = handle;
            long total = Interlocked.Increment(ref _totalCount);
            if (total > Volatile.Read(ref _peakCount)) RaisePeak(total);
            if (register) OwningDisposeScope = DisposeScopeManager.ThreadSingleton.RegisterOnCurrentDisposeScope(this);
        }

        ~Tensor() => Dispose(false);

        internal DisposeScope? OwningDisposeScope { get; set; }

        public string? name { get; set; }
        public static long TotalCount => Interlocked.Read(ref _totalCount);
        public static long PeakCount => Interlocked.Read(ref _peakCount);
        public bool IsInvalid => handle == 0;
        public IntPtr Handle => handle != 0 ? handle : throw new InvalidOperationException("Tensor invalid -- empty handle.");

        public static Tensor UnsafeCreateTensor(IntPtr handle) => new(handle);

        public IntPtr DecoupleFromNativeHandle()
        {
            GC.SuppressFinalize(this);
            return MoveHandle();
        }

        /// <summary>Hands the native tensor to another wrapper; this one is empty from then on.</summary>
        internal IntPtr MoveHandle()
        {
            IntPtr moved = Handle;
            handle = 0;
            Interlocked.Decrement(ref _totalCount);
            return moved;
        }

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        public Tensor DetatchFromDisposeScope() => DetachFromDisposeScope();
        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is not null) OwningDisposeScope.MoveToOther(other, this);
            else other?.Attach(this);
            return this;
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (handle == 0) return;
            // A finalizer runs on its own thread, after whatever scope there was: only the native part is left to free.
            if (disposing)
            {
                DisposeScopeManager.ThreadSingleton.Disposing(this);
                OwningDisposeScope?.MarkAsDisposed(this);
            }

            Interlocked.Decrement(ref _totalCount);
            Bridge.gti_release(handle);
            handle = 0;
        }

        private static void RaisePeak(long total)
        {
            long seen;
            while (total > (seen = Volatile.Read(ref _peakCount)) && Interlocked.CompareExchange(ref _peakCount, total, seen) != seen) { }
        }

        public long Dimensions => Bridge.gti_dim(Handle);
        public long dim() => Dimensions;
        public long ndim => Dimensions;
        public long NumberOfElements => Bridge.gti_numel(Handle);
        public long numel() => NumberOfElements;
        public long ElementSize => dtype.ElementSize();
        public long element_size() => ElementSize;
        public ScalarType dtype => (ScalarType)Bridge.gti_dtype(Handle);
        public long storage_offset() => Bridge.gti_storage_offset(Handle);
        public bool is_contiguous() => Bridge.gti_is_contiguous(Handle) > 0;
        public bool is_integral() => torch.is_integral(dtype);
        public bool is_floating_point() => torch.is_floating_point(dtype);
        public bool is_complex() => torch.is_complex(dtype);
        public bool is_cpu() => device_type == DeviceType.CPU;
        public bool is_cuda => device_type == DeviceType.CUDA;
        public bool is_meta => device_type == DeviceType.META;
        public bool is_sparse => false;
        public bool is_quantized() => torch.is_quantized(dtype);

        public unsafe long[] shape
        {
            get
            {
                var sizes = new long[Dimensions];
                fixed (long* into = sizes) Bridge.Checked(Bridge.gti_sizes(Handle, into));
                return sizes;
            }
        }

        public long[] size() => shape;
        public long size(int dim) => shape[Wrap(dim)];

        public unsafe long[] stride()
        {
            var strides = new long[Dimensions];
            fixed (long* into = strides) Bridge.Checked(Bridge.gti_strides(Handle, into));
            return strides;
        }

        public long stride(int dim) => stride()[Wrap(dim)];

        public Device device
        {
            get
            {
                var type = ReadDevice(out int index);
                return type == DeviceType.CPU ? CPU : new Device(type, index);
            }
        }

        public DeviceType device_type => ReadDevice(out _);

        public int device_index
        {
            get
            {
                ReadDevice(out int index);
                return index;
            }
        }

        public bool Equals(Tensor? target) => target is not null && Aten.equal.CallBool(this, target);
        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);
        public override int GetHashCode() => base.GetHashCode();

        private int Wrap(int dim) => dim < 0 ? dim + (int)Dimensions : dim;

        private unsafe DeviceType ReadDevice(out int index)
        {
            int found;
            var type = (DeviceType)Bridge.gti_device(Handle, &found);
            index = found;
            return type;
        }

        /// <summary>The address of the first element in CPU memory.</summary>
        internal unsafe void* Address
        {
            get
            {
                if (device_type != DeviceType.CPU) throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
                void* address;
                Bridge.Checked(Bridge.gti_data(Handle, &address));
                return address;
            }
        }
    }
}
