@echo off
rem install.cmd FOLDER: installs from this folder alone.
setlocal
py -@PYTHON@ -c "" >nul 2>nul
if errorlevel 1 goto plain
py -@PYTHON@ "%~dp0install.py" %*
exit /b %errorlevel%
:plain
python -c "" >nul 2>nul
if errorlevel 1 goto none
python "%~dp0install.py" %*
exit /b %errorlevel%
:none
echo Python @PYTHON@ is needed: install it first, then run this again. 1>&2
exit /b 1
