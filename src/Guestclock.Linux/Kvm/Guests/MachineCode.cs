using System.Buffers.Binary;

namespace Guestclock.Linux.Kvm.Guests;

/// <summary>Instructions for x86-64 as bytes, each with its mnemonic beside it, and jumps to labels.</summary>
internal sealed class MachineCode
{
    private readonly List<byte> _bytes = [];
    private readonly List<(int At, string Mnemonic)> _listing = [];
    private readonly Dictionary<string, int> _labels = new(StringComparer.Ordinal);
    private readonly List<(int At, string Label)> _jumps = [];

    /// <summary>Where each instruction begins, and its mnemonic; a test compares them with what a disassembler makes of the bytes.</summary>
    public IReadOnlyList<(int At, string Mnemonic)> Listing => _listing;

    public IReadOnlyDictionary<string, int> Labels => _labels;

    public MachineCode Add(string mnemonic, params ReadOnlySpan<byte> instruction)
    {
        _listing.Add((_bytes.Count, mnemonic));
        _bytes.AddRange(instruction);
        return this;
    }

    public MachineCode Label(string name)
    {
        _labels.Add(name, _bytes.Count);
        return this;
    }

    /// <summary>jmp rel32.</summary>
    public MachineCode Jump(string label) => Jump("jmp", label, 0xE9);

    /// <summary>jb rel32: less, unsigned.</summary>
    public MachineCode JumpIfBelow(string label) => Jump("jb", label, 0x0F, 0x82);

    /// <summary>jae rel32: not less, unsigned.</summary>
    public MachineCode JumpIfNotBelow(string label) => Jump("jae", label, 0x0F, 0x83);

    /// <summary>je rel32.</summary>
    public MachineCode JumpIfEqual(string label) => Jump("je", label, 0x0F, 0x84);

    /// <summary>jne rel32.</summary>
    public MachineCode JumpIfNotEqual(string label) => Jump("jne", label, 0x0F, 0x85);

    /// <summary>jbe rel32: not greater, unsigned.</summary>
    public MachineCode JumpIfNotAbove(string label) => Jump("jbe", label, 0x0F, 0x86);

    /// <summary>js rel32: negative.</summary>
    public MachineCode JumpIfNegative(string label) => Jump("js", label, 0x0F, 0x88);

    /// <summary>The bytes, with every jump's distance from the instruction after it.</summary>
    public byte[] ToBytes()
    {
        var code = _bytes.ToArray();
        foreach (var (at, label) in _jumps)
            BinaryPrimitives.WriteInt32LittleEndian(code.AsSpan(at), _labels[label] - (at + sizeof(int)));
        return code;
    }

    private MachineCode Jump(string mnemonic, string label, params ReadOnlySpan<byte> opcode)
    {
        _listing.Add((_bytes.Count, $"{mnemonic} {label}"));
        _bytes.AddRange(opcode);
        _jumps.Add((_bytes.Count, label));
        _bytes.AddRange([0, 0, 0, 0]);
        return this;
    }
}
