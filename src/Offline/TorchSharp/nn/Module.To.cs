// Moving a module to another type or device.
using System.Reflection;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public partial class Module
            {
                protected DeviceType _deviceType = DeviceType.CPU;
                protected int _deviceIndex = -1;

                protected internal virtual Module _to(Device device, ScalarType dtype, bool non_blocking)
                {
                    CheckType(dtype);
                    _toEpilog(dtype, InitializeDevice(device), non_blocking);
                    return this;
                }

                protected internal virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
                {
                    if (deviceType != DeviceType.CUDA) deviceIndex = -1;
                    InitializeDeviceType(deviceType);
                    if (deviceType != _deviceType || deviceIndex != _deviceIndex) _toEpilog(deviceType, deviceIndex, non_blocking);
                    return this;
                }

                protected internal virtual Module _to(ScalarType dtype, bool non_blocking)
                {
                    CheckType(dtype);
                    _toEpilog(dtype, non_blocking);
                    return this;
                }

                public Module _to(Tensor other, bool non_blocking)
                {
                    _to(other.dtype, non_blocking);
                    return _to(other.device_type, other.device_index, non_blocking);
                }

                protected void _toEpilog(ScalarType dtype, bool non_blocking) => _toEpilog(dtype, null, non_blocking);
                protected void _toEpilog(Device device, ScalarType dtype, bool non_blocking) => _toEpilog(dtype, device, non_blocking);
                protected void _toEpilog(DeviceType deviceType, int deviceIndex, bool non_blocking) => _toEpilog(null, new Device(deviceType, deviceIndex), non_blocking);

                /// <summary>Replaces what changes by new parameters and buffers, in the fields or properties that hold them too.</summary>
                protected virtual void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
                {
                    foreach (var (_, child) in named_children())
                    {
                        if (device is null) child._to(dtype!.Value, non_blocking);
                        else if (dtype is null) child._to(device.type, device.index, non_blocking);
                        else child._to(device, dtype.Value, non_blocking);
                    }

                    var fields = Fields(GetType()).GroupBy(field => field.ComponentName()).ToDictionary(group => group.Key, group => group.First());
                    var properties = GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).GroupBy(property => property.Name).ToDictionary(group => group.Key, group => group.First());
                    foreach (var (own, parameter) in named_parameters(false).ToList())
                    {
                        if (!ReplaceParameter(dtype, device, parameter, out var moved)) continue;
                        if (properties.TryGetValue(own, out var property) && property.CanWrite)
                        {
                            property.SetValue(this, moved);
                            continue;
                        }

                        parameter.Dispose();
                        ConditionallyRegisterParameter(own, moved);
                        if (fields.TryGetValue(own, out var field)) field.SetValue(this, moved);
                    }

                    foreach (var (own, buffer) in named_buffers(false).ToList())
                    {
                        if (!ReplaceBuffer(dtype, device, buffer, out var moved)) continue;
                        ConditionallyRegisterBuffer(own, moved);
                        if (properties.TryGetValue(own, out var property) && property.CanWrite) property.SetValue(this, moved);
                        else if (fields.TryGetValue(own, out var field)) field.SetValue(this, moved);
                    }

                    if (device is null) return;
                    _deviceType = device.type;
                    _deviceIndex = device.index;
                }

                protected static bool ReplaceParameter(ScalarType? dtype, Device? device, Parameter param, out Parameter? p)
                {
                    p = null;
                    var type = Target(dtype, param);
                    if (!param.toWillCopy(type, device)) return false;
                    using var grad = param.grad;
                    using var frozen = no_grad();
                    p = new Parameter(param.to(type, device ?? param.device), param.requires_grad);
                    p.DetachFromDisposeScope();
                    if (grad is null) return true;
                    using var moved = grad.to(type, device ?? param.device);
                    p.grad = moved;
                    return true;
                }

                protected static bool ReplaceBuffer(ScalarType? dtype, Device? device, Tensor buffer, out Tensor? result)
                {
                    result = null;
                    var type = Target(dtype, buffer);
                    if (!buffer.toWillCopy(type, device)) return false;
                    result = buffer.to(type, device ?? buffer.device, disposeAfter: true).DetachFromDisposeScope();
                    return true;
                }

                protected static (Device device, ScalarType dtype) GetDefaultDeviceAndType(Device? device = null, ScalarType? dtype = null) =>
                    (device ?? get_default_device(), dtype ?? get_default_dtype());

                // Integer buffers keep their type.
                private static ScalarType Target(ScalarType? wanted, Tensor tensor) => wanted is ScalarType type && tensor.is_floating_point() ? type : tensor.dtype;

                private static void CheckType(ScalarType dtype)
                {
                    if (!is_floating_point(dtype) && !is_complex(dtype)) throw new ArgumentException($"nn.Module.to only accepts floating point or complex types, but got desired dtype={dtype}");
                }
            }
        }
    }

    public static class ModuleExtensionMethods
    {
        public static T to<T>(this T module, ScalarType type, bool non_blocking = false) where T : nn.Module => (T)module._to(type, non_blocking);
        public static T to<T>(this T module, Device device, ScalarType type, bool non_blocking = false) where T : nn.Module => (T)module._to(device, type, non_blocking);
        public static T to<T>(this T module, DeviceType deviceType, int deviceIndex = -1, bool non_blocking = false) where T : nn.Module => (T)module._to(deviceType, deviceIndex, non_blocking);
        public static T to<T>(this T module, Device device, bool non_blocking = false) where T : nn.Module => (T)module._to(device.type, device.index, non_blocking);
        public static T to<T>(this T module, string device, bool non_blocking = false) where T : nn.Module => module.to(new Device(device), non_blocking);
        public static T to<T>(this T module, Tensor other, bool non_blocking = false) where T : nn.Module => (T)module._to(other, non_blocking);
        public static T cpu<T>(this T module, bool non_blocking = false) where T : nn.Module => module.to(DeviceType.CPU, -1, non_blocking);
        public static T cuda<T>(this T module, int deviceIndex = -1, bool non_blocking = false) where T : nn.Module => module.to(DeviceType.CUDA, deviceIndex, non_blocking);
        public static T half<T>(this T module, bool non_blocking = false) where T : nn.Module => module.to(ScalarType.Float16, non_blocking);
        public static T bfloat16<T>(this T module, bool non_blocking = false) where T : nn.Module => module.to(ScalarType.BFloat16, non_blocking);
        public static T @float<T>(this T module, bool non_blocking = false) where T : nn.Module => module.to(ScalarType.Float32, non_blocking);
        public static T @double<T>(this T module, bool non_blocking = false) where T : nn.Module => module.to(ScalarType.Float64, non_blocking);
    }
}
