Console.WriteLine("gti");
return 0;
